import { Errno } from '../errno.ts';
import { Waiters } from '../io/waiters.ts';
import { type DirectoryInode, directory, file, type Inode } from './inode.ts';
import type { Look, Names, Volume } from './volume.ts';

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
    if (inode.kind === 'symlink') throw new Errno('ELOOP');
    if (inode.kind === 'directory') throw new Errno('EISDIR');
    return inode.data;
  }

  write(path: Names, data: Buffer): void {
    const found = this.find(path);
    if (found?.kind === 'symlink') throw new Errno('ELOOP');
    this.put(path, file(data, found?.mode));
  }

  /** Puts a file or link at a path whose directory is there; a directory is not replaced. */
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
