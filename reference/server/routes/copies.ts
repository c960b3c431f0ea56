import {
  clone,
  deleteSnapshot,
  exported,
  findSnapshot,
  importBox,
  restore,
  snapshotJson,
  snapshotsOf,
  takeSnapshot,
} from '../../core/copies.ts';
import { internalFault, invalidArgument } from '../../core/fault.ts';
import { find } from '../../core/runtime.ts';
import { startBox } from '../../core/start.ts';
import { defect } from '../../defects/switch.ts';
import { bodyOf, jsonOf } from '../app.ts';
import { archiveOf, boxOf } from '../archive.ts';
import { created, noContent, ok, type Routes } from '../route.ts';
import { shown } from './boxes.ts';

/** Largest archive that is taken in. */
const archiveLimitBytes = 2 ** 30;

/** Snapshots, clones and archives of boxes (contract 11). */
export const copyRoutes: Routes = {
  'boxes/*/snapshots': {
    GET: async ({ runtime }, _call, typed) => {
      const box = find(runtime, typed);
      return ok({ snapshots: snapshotsOf(box).map((one) => snapshotJson(runtime.home, box.record, one)) });
    },
    POST: async ({ runtime }, call, typed) => {
      const { name } = await jsonOf(call);
      const box = find(runtime, typed);
      const made = await takeSnapshot(runtime, box, name);
      return created(snapshotJson(runtime.home, box.record, made));
    },
  },
  'boxes/*/snapshots/*': {
    GET: async ({ runtime }, _call, typed, name) => {
      const box = find(runtime, typed);
      return ok(snapshotJson(runtime.home, box.record, findSnapshot(box, name)));
    },
    DELETE: async ({ runtime }, _call, typed, name) => {
      await deleteSnapshot(runtime, find(runtime, typed), name);
      return noContent;
    },
  },
  'boxes/*/snapshots/*/restore': {
    POST: async ({ runtime }, _call, typed, name) => {
      await restore(runtime, find(runtime, typed), name);
      return noContent;
    },
  },
  'boxes/*/clone': {
    POST: async ({ runtime }, call, typed) => {
      const { name = null } = await jsonOf(call);
      if (name !== null && typeof name !== 'string') throw invalidArgument("field 'name' must be a text");
      const made = await clone(runtime, find(runtime, typed), name);
      if (defect('clone-boots')) await startBox(runtime, made, 'detached');
      return created(shown(made.record));
    },
  },
  'boxes/*/export': {
    POST: async ({ runtime }, _call, typed) => ({
      status: 200,
      headers: { 'content-type': 'application/octet-stream' },
      body: await archiveOf(await exported(runtime, find(runtime, typed))),
    }),
  },
  'boxes/import': {
    POST: async ({ runtime }, call) => {
      const archive = await bodyOf(call, archiveLimitBytes);
      const { spec, disk } = await boxOf(archive).catch((error: unknown) => {
        throw defect('bad-archive-500') ? internalFault(`cannot unpack: ${error}`) : error;
      });
      return created(shown(importBox(runtime, call.query.get('name'), { record: { spec }, disk }).record));
    },
  },
};
