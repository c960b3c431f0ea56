import type { TreeEntry } from '../../vm/port.ts';
import { Errno } from '../errno.ts';
import { namesOf } from './files.ts';
import { file, type Inode } from './inode.ts';
import type { MemoryVolume } from './memory.ts';

/**
 * Reads a file or directory as a list of entries named from its base name, parents first.
 * @returns null where the path does not exist.
 */
export function readTree(disk: MemoryVolume, path: string): TreeEntry[] | null {
  const names = namesOf(path);
  const inode = disk.find(names);
  return inode && entriesOf(inode, names.at(-1) ?? '.');
}

function entriesOf(inode: Inode, path: string): TreeEntry[] {
  const { kind, mode } = inode;
  const entry: TreeEntry = { path, kind, mode };
  if (inode.kind === 'symlink') entry.link = inode.target;
  if (inode.kind === 'file') entry.data = inode.data;
  if (inode.kind !== 'directory') return [entry];
  const children = [...inode.entries].sort(([a], [b]) => (a < b ? -1 : 1));
  return [entry, ...children.flatMap(([name, child]) => entriesOf(child, `${path}/${name}`))];
}

/**
 * Unpacks entries below a directory, which is made with its parents when it is missing. What is there is replaced,
 * directories are kept.
 * @throws Errno, for example ENOTDIR when the path is a file.
 */
export function writeTree(disk: MemoryVolume, path: string, entries: TreeEntry[]): void {
  const top = namesOf(path);
  disk.makeDirectories(top);
  for (const entry of entries) {
    const at = [...top, ...namesOf(entry.path)];
    if (entry.kind === 'directory') disk.makeDirectories(at, entry.mode & 0o7777);
    else put(disk, at, entry);
  }
}

function put(disk: MemoryVolume, at: string[], entry: TreeEntry): void {
  if (disk.find(at)?.kind === 'directory') throw new Errno('EISDIR');
  disk.makeDirectories(at.slice(0, -1));
  const data = entry.data ?? Buffer.alloc(0);
  const link: Inode = { kind: 'symlink', mode: 0o777, target: entry.link ?? '' };
  disk.put(at, entry.kind === 'symlink' ? link : file(data, entry.mode & 0o7777));
}
