import { posix } from 'node:path';
import { defect } from '../defects/switch.ts';
import type { Hypervisor, TreeEntry } from '../vm/port.ts';

/**
 * Where a file or a directory goes when its sender means it and not what it is to lie in: onto a directory, or a path
 * that ends like one, it lands inside; otherwise it takes the path's name. What is in a directory, `SRC/.`, has no
 * name: it goes below the path (contract 2.8).
 */
export async function place(
  hypervisor: Hypervisor,
  box: string,
  path: string,
  entries: TreeEntry[],
): Promise<{ dir: string; entries: TreeEntry[] }> {
  const [top, ...others] = entries;
  const at = posix.normalize(path);
  const inside = { dir: at, entries: defect('copied-tree-is-flat') ? entries.map(flat) : entries };
  const isOne = top?.kind === 'directory' ? top.path !== '.' : others.length === 0;
  if (!top || !isOne || at.endsWith('/')) return inside;
  const [found] = (await hypervisor.readTree(box, at)) ?? [];
  const lands = found?.kind === 'directory';
  if (lands ? !defect('directory-copied-over') || top.kind === 'file' : isMisplaced(top)) return inside;
  const named = inside.entries.map((entry) => ({
    ...entry,
    path: posix.join(posix.basename(at), entry.path.slice(top.path.length)),
  }));
  return { dir: posix.dirname(at), entries: named };
}

const isMisplaced = (top: TreeEntry): boolean => top.kind === 'file' && defect('cp-into-directory-wrong');

/** The entry as it is where only the last part of its name counts. */
const flat = (entry: TreeEntry): TreeEntry =>
  entry.kind === 'directory'
    ? entry
    : { ...entry, path: posix.join(entry.path.split('/')[0] ?? '', posix.basename(entry.path)) };
