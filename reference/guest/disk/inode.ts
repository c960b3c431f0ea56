/** Plain data of an in-memory file system, so that a disk can be written out as one value. */
export type Inode =
  | { kind: 'file'; mode: number; data: Buffer }
  | DirectoryInode
  | { kind: 'symlink'; mode: number; target: string };

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
export const file = (data: string | Buffer, mode = 0o644): Inode => ({
  kind: 'file',
  mode,
  data: typeof data === 'string' ? Buffer.from(data) : data,
});
