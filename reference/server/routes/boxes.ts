import { type BoxRecord, boxJson } from '../../core/box.ts';
import { createBox } from '../../core/create.ts';
import { remove, stopBox } from '../../core/end.ts';
import { invalidArgument } from '../../core/fault.ts';
import { alone, find, listed, ownerOf, stats } from '../../core/runtime.ts';
import { startBox } from '../../core/start.ts';
import { defect } from '../../defects/switch.ts';
import { type App, usageOf } from '../app.ts';
import { createBody } from '../bodies.ts';
import { jsonOf } from '../call.ts';
import { created, noContent, ok, type Routes } from '../route.ts';

/** Boxes and their lives. */
export const boxRoutes: Routes = {
  boxes: {
    GET: async ({ runtime }) => ok({ boxes: listed(runtime).map(shown) }),
    POST: async (app, call) => {
      const { name, spec } = createBody(await jsonOf(call));
      const box = createBox(app.runtime, name, spec);
      app.totals.created += 1;
      if (defect('create-boots')) await alone(box, () => startBox(app.runtime, box, ownerOf(box)));
      return created(shown(box.record));
    },
  },
  'boxes/*': {
    GET: async ({ runtime }, _call, typed) => {
      const box = find(runtime, typed);
      if (defect('read-starts-box')) await alone(box, () => startBox(runtime, box, ownerOf(box)));
      return ok(shown(box.record));
    },
    HEAD: async ({ runtime }, _call, typed) => {
      find(runtime, typed);
      return noContent;
    },
    DELETE: async (app, call, typed) => {
      const force = call.query.get('force') ?? 'false';
      if (force !== 'true' && force !== 'false')
        throw invalidArgument(`force must be true or false; got "${force}"`);
      if (defect('rm-unknown-succeeds') && !isKnown(app, typed)) return noContent;
      await remove(app.runtime, find(app.runtime, typed), force === 'true');
      return noContent;
    },
  },
  'boxes/*/start': {
    POST: async (app, _call, typed) => {
      const box = find(app.runtime, typed);
      await alone(box, () => startBox(app.runtime, box, ownerOf(box)));
      return ok(shown(box.record));
    },
  },
  'boxes/*/stop': {
    POST: async ({ runtime, totals }, _call, typed) => {
      const box = find(runtime, typed);
      const wasUp = box.record.status === 'running';
      await stopBox(runtime, box);
      if (wasUp) totals.stopped += 1;
      return ok(shown(box.record));
    },
  },
  'boxes/*/metrics': {
    GET: async (app, _call, typed) => {
      const box = find(app.runtime, typed);
      const { commands, errors } = usageOf(app, box);
      const zeros = Object.fromEntries(uncounted.map((name) => [name, 0]));
      return ok({ commands_executed_total: commands, exec_errors_total: errors, ...zeros, ...stats(box) });
    },
  },
};

/** A Box as it is answered. */
const shown = (record: BoxRecord) =>
  record.exitCode === null && defect('exit-code-null')
    ? { ...boxJson(record), exit_code: null }
    : boxJson(record);

const isKnown = (app: App, typed: string): boolean =>
  [...app.runtime.boxes.values()].some(({ record }) => record.id.startsWith(typed) || record.name === typed);

/** Nothing here has a network. */
const uncounted = [
  'bytes_sent_total',
  'bytes_received_total',
  'network_bytes_sent',
  'network_bytes_received',
  'network_tcp_connections',
  'network_tcp_errors',
];
