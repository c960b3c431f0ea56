import type { Bytes } from '../bytes.ts';
import type { OpenFile } from '../io/open-file.ts';
import type { GuestProcess } from '../process/process.ts';

export type NodeKind = 'file' | 'directory' | 'symlink' | 'device';

export interface Stat {
  kind: NodeKind;
  /** Permission bits only. */
  mode: number;
  size: number;
  mtimeMs: number;
}

/** An opened regular file. */
export interface Content {
  size(): number;
  read(at: number, length: number): Buffer;
  write(at: number, data: Buffer): void;
  truncate(size: number): void;
  close(): void;
}

/** What is to be made under a name. */
export type NewNode = { kind: 'file' | 'directory'; mode: number } | { kind: 'symlink'; target: Bytes };

/** One file system: the root disk, a tmpfs, or a directory of the host. */
export interface Volume {
  /** As in /proc/mounts. */
  readonly type: string;
  readonly tag: string;
  readonly readOnly: boolean;
  readonly root: Vnode;
  rename(from: Vnode, name: Bytes, to: Vnode, newName: Bytes): void;
}

/** One file of a volume. Methods that do not fit the kind throw ENOTDIR, EISDIR or EINVAL as the kernel does. */
export interface Vnode {
  readonly volume: Volume;
  readonly kind: NodeKind;
  stat(): Stat;
  lookup(name: Bytes): Vnode | null;
  names(): Bytes[];
  make(name: Bytes, node: NewNode): Vnode;
  /** Takes away a file or an empty directory. */
  remove(name: Bytes): void;
  target(): Bytes;
  setMode(mode: number): void;
  setTime(mtimeMs: number): void;
  content(writable: boolean): Content;
  /** Devices only. */
  device?(by: GuestProcess): OpenFile;
}
