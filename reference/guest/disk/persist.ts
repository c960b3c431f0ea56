import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import type { DirectoryInode } from './inode.ts';

/** Name of a disk below a box's directory. */
export const diskFile = 'disk.img';

/**
 * Writes a disk so that a reader sees the old one or the new one, never half of one. A box directory that has
 * been removed meanwhile is left removed.
 */
export function saveDisk(dir: string, name: string, tree: DirectoryInode): void {
  const path = join(dir, name);
  try {
    writeFileSync(`${path}.new`, serialize(tree));
    renameSync(`${path}.new`, path);
  } catch (error) {
    if ((error as { code?: string }).code !== 'ENOENT') throw error;
  }
}

/** The disk of a box; null when it has none yet. A damaged one is an error that names the file. */
export function loadDisk(dir: string, name: string): DirectoryInode | null {
  const path = join(dir, name);
  mkdirSync(dir, { recursive: true });
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    if ((error as { code?: string }).code === 'ENOENT') return null;
    throw error;
  }
  try {
    return deserialize(bytes) as DirectoryInode;
  } catch {
    throw new Error(`storage error: ${path} is no disk of this guest; remove the box and make a new one`);
  }
}
