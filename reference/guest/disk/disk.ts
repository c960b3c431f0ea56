import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import { replaceFile } from '../../home/home.ts';
import type { Ids } from '../../vm/port.ts';

/** Plain data of an in-memory file system, so that a disk can be written out as one value. */
export type Inode = { kind: 'file'; mode: number; owner?: Ids; data: Buffer } | DirectoryInode;

export interface DirectoryInode {
  kind: 'directory';
  mode: number;
  entries: Map<string, Inode>;
}

/** Makes a directory with these entries. */
export const directory = (entries: Record<string, Inode> = {}, mode = 0o755): DirectoryInode => ({
  kind: 'directory',
  mode,
  entries: new Map(Object.entries(entries)),
});

/** Makes a file. Its bytes are replaced as a whole, never changed, because readers may hold them. */
export const file = (data: string | Buffer, mode = 0o644, owner?: Ids): Inode => ({
  kind: 'file',
  mode,
  ...(owner && { owner }),
  data: typeof data === 'string' ? Buffer.from(data) : data,
});

/** The one program of this guest: a shell that plays workloads (see ../spawn.ts). */
export const shellPath = '/bin/sh';

/** Makes a fresh root disk: what an unpacked image holds. */
export const freshDisk = (hostname: string): DirectoryInode =>
  directory({
    bin: directory({ sh: file('', 0o755) }),
    etc: directory({
      hostname: file(`${hostname}\n`),
      passwd: file('root:x:0:0:root:/root:/bin/sh\nnobody:x:65534:65534:nobody:/:/bin/false\n'),
      group: file('root:x:0:\nnogroup:x:65534:\n'),
    }),
    root: directory({}, 0o700),
    tmp: directory({}, 0o1777),
  });

/** Name of a disk below a box's directory. */
export const diskFile = 'disk.img';

/** Writes a disk. */
export const saveDisk = (dir: string, name: string, tree: DirectoryInode): void =>
  replaceFile(join(dir, name), serialize(tree));

/** The disk of a box; null when it has none yet. */
export function loadDisk(dir: string, name: string): DirectoryInode | null {
  const path = join(dir, name);
  mkdirSync(dir, { recursive: true });
  return existsSync(path) ? (deserialize(readFileSync(path)) as DirectoryInode) : null;
}
