import { posix } from 'node:path';
import { type Afterwards, copyInto, copyOut, type Shape } from '../../core/copy.ts';
import { invalidArgument } from '../../core/fault.ts';
import { find } from '../../core/runtime.ts';
import type { TreeEntry } from '../../vm/port.ts';
import { bodyOf, type Call } from '../app.ts';
import { putBackHeader } from '../envelope.ts';
import { noContent, type Routes } from '../route.ts';
import { pack, unpack } from '../tar.ts';

/** Largest archive (contract 4.5). */
const archiveLimitBytes = 512 * 2 ** 20;

/** What the CLI says of its source, and what that makes of the archive. */
const shapes: Readonly<Record<string, Shape>> = { false: 'file', true: 'directory' };

/** Files of a box's disk, as archives. */
export const fileRoutes: Routes = {
  'boxes/*/files': {
    PUT: async (app, call, typed) => {
      const archive = await bodyOf(call, archiveLimitBytes);
      const box = find(app.runtime, typed);
      const entries = await unpack(archive, archiveLimitBytes);
      // Sent by the CLI from 0.10.7 on, so that a file copied to a new path becomes that file.
      const shape = shapes[call.query.get('source_is_dir') ?? ''] ?? 'tree';
      await copyInto(app.runtime, box, pathOf(call), entries, afterwards(call), shape);
      return noContent;
    },
    GET: async (app, call, typed) => {
      const box = find(app.runtime, typed);
      const path = pathOf(call);
      const entries = await copyOut(app.runtime, box, path, afterwards(call));
      // Without it the CLI takes an archive with one file for that file even where its target is a directory.
      const isDirectory = String(entries[0]?.kind === 'directory');
      const headers = { 'content-type': 'application/x-tar', 'x-boxlite-source-is-dir': isDirectory };
      return { status: 200, headers, body: await pack(namedLike(path, entries)) };
    },
  },
};

/** `DIR/.` means what is in DIR: its entries are named from `.` and not from DIR. */
function namedLike(path: string, entries: TreeEntry[]): TreeEntry[] {
  const [top] = entries;
  if (top?.kind !== 'directory' || posix.basename(path) !== '.') return entries;
  return entries.map((entry) => ({ ...entry, path: `.${entry.path.slice(top.path.length)}` }));
}

function pathOf(call: Call): string {
  const path = call.query.get('path');
  if (path === null) throw invalidArgument("query parameter 'path' is missing");
  return path;
}

/** A box booted for files stays up, unless the client is `cp`, which leaves boxes as it found them. */
const afterwards = (call: Call): Afterwards =>
  call.message.headers[putBackHeader] === undefined ? 'up' : 'as found';
