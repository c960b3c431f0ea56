import { defect } from '../../defects/switch.ts';
import type { Ids, TreeEntry } from '../../vm/port.ts';
import { Waiters } from '../streams.ts';
import { type DirectoryInode, directory, file, type Inode } from './disk.ts';
import { Errno, type Look, type Names, namesOf, type Volume } from './files.ts';

/** A file system in memory over a tree of inodes, which it changes in place. */
export class MemoryVolume implements Volume {
  readonly tag: string;
  readonly type: string;
  readonly tree: DirectoryInode;
  /** Raised by every change: tells whether a disk must be written out again. */
  changes = 0;
  readonly changed = new Waiters();

  constructor(tag: string, type: string, tree: DirectoryInode = directory()) {
    this.tag = tag;
    this.type = type;
    this.tree = tree;
  }

  look(path: Names): Look | null {
    return this.find(path);
  }

  read(path: Names): Buffer {
    const inode = this.find(path);
    if (!inode) throw new Errno('ENOENT');
    if (inode.kind === 'directory') throw new Errno('EISDIR');
    return inode.data;
  }

  write(path: Names, data: Buffer): void {
    const found = this.find(path);
    this.put(path, file(data, found?.mode, found?.kind === 'file' ? found.owner : undefined));
  }

  /** Puts a file at a path whose directory is there; a directory is not replaced. */
  put(path: Names, inode: Inode): void {
    const parent = this.find(path.slice(0, -1));
    const name = path.at(-1);
    if (!parent) throw new Errno('ENOENT');
    if (parent.kind !== 'directory') throw new Errno('ENOTDIR');
    if (name === undefined || parent.entries.get(name)?.kind === 'directory') throw new Errno('EISDIR');
    parent.entries.set(name, inode);
    this.touch();
  }

  /** Makes directories up to a path; the mode is that of the last one. */
  makeDirectories(path: Names, mode?: number): void {
    let at = this.tree;
    for (const name of path) {
      const next = at.entries.get(name) ?? directory();
      if (next.kind !== 'directory') throw new Errno('ENOTDIR');
      at.entries.set(name, next);
      at = next;
    }
    if (mode !== undefined) at.mode = mode;
    this.touch();
  }

  find(path: Names): Inode | null {
    let at: Inode = this.tree;
    for (const name of path) {
      const next: Inode | undefined = at.kind === 'directory' ? at.entries.get(name) : undefined;
      if (!next) return null;
      at = next;
    }
    return at;
  }

  touch(): void {
    this.changes += 1;
    this.changed.wake();
  }
}

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
  if (inode.kind === 'file') {
    const { owner, data } = inode;
    return [{ path, kind, mode, ...(owner && { owner }), data }];
  }
  const children = [...inode.entries].sort(([a], [b]) => (a < b ? -1 : 1));
  return [{ path, kind, mode }, ...children.flatMap(([name, child]) => entriesOf(child, `${path}/${name}`))];
}

const modeOf = ({ mode }: TreeEntry): number => (defect('copied-in-mode-lost') ? 0o644 : mode & 0o7777);

/**
 * Unpacks entries below a directory, which is made with its parents when it is missing. What is there is replaced,
 * directories are kept.
 * @throws Errno, for example ENOTDIR when the path is a file.
 */
export function writeTree(disk: MemoryVolume, path: string, entries: TreeEntry[], owner?: Ids): void {
  const top = namesOf(path);
  disk.makeDirectories(top);
  for (const entry of entries) {
    const at = [...top, ...namesOf(entry.path)];
    if (entry.kind === 'directory') disk.makeDirectories(at, entry.mode & 0o7777);
    else {
      disk.makeDirectories(at.slice(0, -1));
      disk.put(at, file(entry.data ?? Buffer.alloc(0), modeOf(entry), entry.owner ?? owner));
    }
  }
}
