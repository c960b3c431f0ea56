import type { Bytes } from '../bytes.ts';
import type { DeviceName } from './device.ts';

/** Plain data of an in-memory file system, so that a disk can be written out as one value. */
export type Inode =
  | { kind: 'file'; mode: number; mtimeMs: number; data: Buffer; size: number }
  | DirectoryInode
  | { kind: 'symlink'; mode: number; mtimeMs: number; target: Bytes }
  | { kind: 'device'; mode: number; mtimeMs: number; name: DeviceName };

export interface DirectoryInode {
  kind: 'directory';
  mode: number;
  mtimeMs: number;
  entries: Map<Bytes, Inode>;
}

/** An empty directory. */
export const directory = (mode = 0o755): DirectoryInode => ({
  kind: 'directory',
  mode,
  mtimeMs: Date.now(),
  entries: new Map(),
});

/** A file with the given bytes. */
export function file(text: Bytes | Buffer, mode = 0o644): Inode {
  const data = typeof text === 'string' ? Buffer.from(text, 'latin1') : text;
  return { kind: 'file', mode, mtimeMs: Date.now(), data, size: data.length };
}

/** A new symbolic link. */
export const symlink = (target: Bytes): Inode => ({
  kind: 'symlink',
  mode: 0o777,
  mtimeMs: Date.now(),
  target,
});
