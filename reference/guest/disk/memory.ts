import type { Bytes } from '../bytes.ts';
import { Errno } from '../errno.ts';
import type { OpenFile } from '../io/open-file.ts';
import { limits } from '../limits.ts';
import type { GuestProcess } from '../process/process.ts';
import { openDevice } from './device.ts';
import { type DirectoryInode, directory, file, type Inode, symlink } from './inode.ts';
import type { Content, NewNode, NodeKind, Stat, Vnode, Volume } from './vnode.ts';

/** A file system in memory over a tree of inodes, which it changes in place. */
export class MemoryVolume implements Volume {
  readonly type: string;
  readonly tag: string;
  readonly readOnly = false;
  readonly root: Vnode;
  readonly tree: DirectoryInode;
  /** Raised by every change: tells whether a disk must be written out again. */
  changes = 0;
  #usedBytes = 0;

  constructor(tag: string, type: string, tree: DirectoryInode = directory()) {
    this.tag = tag;
    this.type = type;
    this.tree = tree;
    this.#usedBytes = sizeOf(tree);
    this.root = new MemoryNode(this, tree);
  }

  /** @throws Errno ENOSPC when the volume would grow beyond its limit. */
  grow(bytes: number): void {
    if (this.#usedBytes + bytes > limits.diskBytes) throw new Errno('ENOSPC');
    this.#usedBytes += bytes;
    this.changes += 1;
  }

  rename(from: Vnode, name: Bytes, to: Vnode, newName: Bytes): void {
    const source = (from as MemoryNode).entries();
    const target = (to as MemoryNode).entries();
    const moved = source.get(name);
    if (!moved) throw new Errno('ENOENT');
    if (target.get(newName) === moved) return;
    if (moved.kind === 'directory' && contains(moved, (to as MemoryNode).inode)) throw new Errno('EINVAL');
    if (target.has(newName)) makeWay(to, newName, moved.kind);
    source.delete(name);
    target.set(newName, moved);
    this.grow(0);
  }
}

class MemoryNode implements Vnode {
  readonly volume: MemoryVolume;
  readonly inode: Inode;

  constructor(volume: MemoryVolume, inode: Inode) {
    this.volume = volume;
    this.inode = inode;
  }

  get kind(): NodeKind {
    return this.inode.kind;
  }

  entries(): Map<Bytes, Inode> {
    if (this.inode.kind !== 'directory') throw new Errno('ENOTDIR');
    return this.inode.entries;
  }

  stat(): Stat {
    const { kind, mode, mtimeMs } = this.inode;
    return { kind, mode, mtimeMs, size: this.inode.kind === 'file' ? this.inode.size : 0 };
  }

  lookup(name: Bytes): Vnode | null {
    const inode = this.entries().get(name);
    return inode ? new MemoryNode(this.volume, inode) : null;
  }

  names(): Bytes[] {
    return [...this.entries().keys()];
  }

  make(name: Bytes, node: NewNode): Vnode {
    const made =
      node.kind === 'symlink'
        ? symlink(node.target)
        : node.kind === 'file'
          ? file('', node.mode)
          : directory(node.mode);
    this.volume.grow(0);
    this.entries().set(name, made);
    this.inode.mtimeMs = Date.now();
    return new MemoryNode(this.volume, made);
  }

  remove(name: Bytes): void {
    const gone = this.entries().get(name);
    if (!gone) throw new Errno('ENOENT');
    if (gone.kind === 'directory' && gone.entries.size > 0) throw new Errno('ENOTEMPTY');
    this.entries().delete(name);
    this.volume.grow(gone.kind === 'file' ? -gone.size : 0);
    this.inode.mtimeMs = Date.now();
  }

  target(): Bytes {
    if (this.inode.kind !== 'symlink') throw new Errno('EINVAL');
    return this.inode.target;
  }

  setMode(mode: number): void {
    this.inode.mode = mode;
    this.volume.grow(0);
  }

  setTime(mtimeMs: number): void {
    this.inode.mtimeMs = mtimeMs;
    this.volume.grow(0);
  }

  content(): Content {
    if (this.inode.kind !== 'file') throw new Errno(this.inode.kind === 'directory' ? 'EISDIR' : 'EINVAL');
    return memoryContent(this.volume, this.inode);
  }

  device(by: GuestProcess): OpenFile {
    if (this.inode.kind !== 'device') throw new Errno('EINVAL');
    return openDevice(this.inode.name, by);
  }
}

function memoryContent(volume: MemoryVolume, inode: Extract<Inode, { kind: 'file' }>): Content {
  return {
    size: () => inode.size,
    read: (at, length) => inode.data.subarray(Math.min(at, inode.size), Math.min(at + length, inode.size)),
    write: (at, data) => {
      resize(volume, inode, Math.max(inode.size, at + data.length));
      data.copy(inode.data, at);
    },
    truncate: (size) => resize(volume, inode, size),
    close: () => {},
  };
}

/** Sets a file's size; new bytes are zero. The buffer is replaced, not cut, because readers may hold views of it. */
function resize(volume: MemoryVolume, inode: Extract<Inode, { kind: 'file' }>, size: number): void {
  volume.grow(size - inode.size);
  inode.mtimeMs = Date.now();
  if (size > inode.data.length || size < inode.size) {
    const data = Buffer.alloc(size > inode.data.length ? Math.max(size, inode.data.length * 2) : size);
    inode.data.copy(data, 0, 0, Math.min(size, inode.size));
    inode.data = data;
  }
  inode.size = size;
}

function makeWay(dir: Vnode, name: Bytes, moved: NodeKind): void {
  const old = dir.lookup(name);
  if (!old) return;
  if (old.kind === 'directory' && moved !== 'directory') throw new Errno('EISDIR');
  if (old.kind !== 'directory' && moved === 'directory') throw new Errno('ENOTDIR');
  dir.remove(name);
}

function contains(tree: Inode, wanted: Inode): boolean {
  if (tree === wanted) return true;
  return tree.kind === 'directory' && [...tree.entries.values()].some((inode) => contains(inode, wanted));
}

function sizeOf(tree: Inode): number {
  if (tree.kind === 'file') return tree.size;
  if (tree.kind !== 'directory') return 0;
  let bytes = 0;
  for (const inode of tree.entries.values()) bytes += sizeOf(inode);
  return bytes;
}
