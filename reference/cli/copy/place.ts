import { posix } from 'node:path';
import { invalidArgument, notFound } from '../../core/fault.ts';
import { defect } from '../../defects/switch.ts';
import type { TreeEntry } from '../../vm/port.ts';

/** Entries under their final names, and the directory they go into. */
export interface Placed {
  dir: string;
  placed: TreeEntry[];
}

/**
 * Where a tree ends up by the rules of `docker cp`: onto a directory it lands inside, otherwise it takes the
 * target's name; `SRC/.` copies contents. `entries` are named relative to the source, '' being the source
 * itself; `found` is what is at the target now.
 * @throws Fault when a directory should replace a file, or the target's directory is missing.
 */
export function placeInBox(
  entries: TreeEntry[],
  source: string,
  target: string,
  found: TreeEntry['kind'] | null,
): Placed {
  const isDirectory = entries[0]?.kind === 'directory';
  if (isDirectory && found !== null && found !== 'directory')
    throw invalidArgument(`cannot copy a directory to '${target}': not a directory`);
  if (!isDirectory && found === null && target.endsWith('/'))
    throw notFound(`directory '${target}' does not exist in the box`);
  if (isDirectory && source.endsWith('/.')) return { dir: target, placed: under('', entries) };
  if (found === 'directory') return { dir: target, placed: under(posix.basename(source), entries) };
  const full = posix.join('/', target).replace(/(.)\/$/, '$1');
  if (defect('cp-into-directory-wrong')) return { dir: full, placed: under(posix.basename(source), entries) };
  return { dir: posix.dirname(full), placed: under(posix.basename(full), entries) };
}

const under = (top: string, entries: TreeEntry[]): TreeEntry[] =>
  entries
    .map((entry) => ({ ...entry, path: posix.join(top, entry.path) }))
    .filter((entry) => entry.path !== '.');
