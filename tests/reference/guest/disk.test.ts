import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  directory,
  diskFile,
  file,
  type Inode,
  loadDisk,
  saveDisk,
} from '../../../reference/guest/disk/disk.ts';
import { MemoryVolume, readTree, writeTree } from '../../../reference/guest/disk/memory.ts';

const name = fc
  .string({ unit: 'binary', minLength: 1, maxLength: 6 })
  .filter((text) => !text.includes('/') && text !== '.' && text !== '..');

const leaf: fc.Arbitrary<Inode> = fc.uint8Array({ maxLength: 50 }).map((bytes) => file(Buffer.from(bytes)));
const tree = fc.letrec<{ dir: ReturnType<typeof directory>; node: Inode }>((tie) => ({
  dir: fc.dictionary(name, tie('node'), { maxKeys: 4 }).map((entries) => {
    const made = directory();
    for (const [key, inode] of Object.entries(entries)) made.entries.set(key, inode);
    return made;
  }),
  node: fc.oneof({ depthSize: 'small' }, leaf, tie('dir')),
})).dir;

test('a disk that was saved is the same when it is loaded', () => {
  const dir = mkdtempSync(join(tmpdir(), 'guest-disk-'));
  fc.assert(
    fc.property(tree, (disk) => {
      saveDisk(dir, diskFile, disk);
      expect(loadDisk(dir, diskFile)).toEqual(disk);
    }),
    { numRuns: 40 },
  );
  rmSync(dir, { recursive: true });
});

test('a box without a disk has none, and one that has gone is not made again', () => {
  const dir = mkdtempSync(join(tmpdir(), 'guest-disk-'));
  expect(loadDisk(dir, diskFile)).toBeNull();
  rmSync(dir, { recursive: true });
  expect(() => saveDisk(dir, diskFile, directory())).not.toThrow();
});

test('what is written as a tree is read back as one', () => {
  const entries = [
    { path: 'd', kind: 'directory' as const, mode: 0o755 },
    { path: 'd/ü', kind: 'file' as const, mode: 0o640, data: Buffer.from([0, 255, 10]) },
  ];
  const disk = new MemoryVolume('/dev/root', 'ext4');
  writeTree(disk, '/into/here', entries);
  expect(readTree(disk, '/into/here/d')).toEqual(entries);
  expect(readTree(disk, '/nope')).toBeNull();
  expect(() => writeTree(disk, '/into/here/d/ü/x', entries)).toThrow('Not a directory');
});

test('what is unpacked replaces files and keeps directories', () => {
  const disk = new MemoryVolume('/dev/root', 'ext4');
  const entry = (data: string) => [
    { path: 'f', kind: 'file' as const, mode: 0o644, data: Buffer.from(data) },
  ];
  writeTree(disk, '/d', entry('old'));
  writeTree(disk, '/d/sub', entry('deep'));
  writeTree(disk, '/d', [{ path: './', kind: 'directory', mode: 0o700 }, ...entry('new')]);
  expect(readTree(disk, '/d')?.map(({ path, data, mode }) => [path, String(data ?? mode)])).toEqual([
    ['d', String(0o700)],
    ['d/f', 'new'],
    ['d/sub', String(0o755)],
    ['d/sub/f', 'deep'],
  ]);
  expect(() => writeTree(disk, '/', [{ path: 'd', kind: 'file', mode: 0o644 }])).toThrow('Is a directory');
  expect(disk.read(['d', 'f']).toString()).toBe('new');
  expect(() => disk.read(['d'])).toThrow('Is a directory');
  expect(() => disk.read(['none'])).toThrow('No such file');
});
