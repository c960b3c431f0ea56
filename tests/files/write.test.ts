import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { freshDirectory, writeAtomic } from '../../files/write.ts';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'bc-files-'));
});
afterEach(() => rm(dir, { recursive: true, force: true }));

test('a file is replaced as a whole and nothing temporary stays', async () => {
  const file = join(dir, 'a', 'b.txt');
  await Promise.all(Array.from({ length: 8 }, (_, i) => writeAtomic(file, String(i).repeat(10_000))));
  expect(await readFile(file, 'utf8')).toMatch(/^(\d)\1{9999}$/u);
  expect(await readdir(join(dir, 'a'))).toEqual(['b.txt']);
});

test('scripts can be made executable', async () => {
  await writeAtomic(join(dir, 'x.sh'), '#!/bin/sh\n', 0o755);
  expect((await stat(join(dir, 'x.sh'))).mode & 0o111).not.toBe(0);
});

test('a failing write names its cause and leaves no temporary file', async () => {
  await writeAtomic(join(dir, 'f'), 'x');
  await expect(writeAtomic(join(dir, 'f', 'below'), 'x')).rejects.toThrow(/EEXIST|ENOTDIR/u);
  expect(await readdir(dir)).toEqual(['f']);
});

test('two folders of one name get different ones', async () => {
  const names = await Promise.all([1, 2, 3].map(() => freshDirectory(dir, 'n')));
  expect(new Set(names).size).toBe(3);
});
