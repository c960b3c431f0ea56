import { lstatSync, readdirSync, readFileSync, readlinkSync, type Stats } from 'node:fs';
import { join } from 'node:path';
import { invalidArgument, notFound } from '../../core/fault.ts';
import type { TreeEntry } from '../../vm/port.ts';

/**
 * A file or tree of the host; paths are relative to it, '' being the thing itself.
 * @throws Fault when it is empty or missing.
 */
export function readHost(source: string): TreeEntry[] {
  if (source === '') throw invalidArgument('path cannot be empty');
  const stats = lstatSync(source, { throwIfNoEntry: false });
  if (!stats) throw notFound(`source path '${source}' does not exist`);
  return collect(source, '', stats);
}

function collect(file: string, path: string, stats: Stats): TreeEntry[] {
  const mode = stats.mode & 0o7777;
  if (stats.isSymbolicLink()) return [{ path, kind: 'symlink', mode, link: readlinkSync(file) }];
  if (!stats.isDirectory()) return [{ path, kind: 'file', mode, data: readFileSync(file) }];
  const children = readdirSync(file).flatMap((name) => {
    const child = join(file, name);
    return collect(child, join(path, name), lstatSync(child));
  });
  return [{ path, kind: 'directory', mode }, ...children];
}
