import { execFileSync } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { referenceCommand } from '../../reference/index.ts';
import { entry } from '../bin/spawn.ts';

let dir: string;
let cache: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'bc-cache-'));
  cache = join(dir, 'boxcheck', 'compile');
});
afterEach(() => rm(dir, { recursive: true, force: true }));

const call = (...argv: string[]) => {
  const { NODE_COMPILE_CACHE: _, ...rest } = process.env;
  return execFileSync(process.execPath, argv, { env: { ...rest, XDG_CACHE_HOME: dir, TMPDIR: dir } });
};

test('compiled code is kept below the cache directory, which is for its owner alone', async () => {
  call(entry, '--version');
  expect((await stat(cache)).mode & 0o777).toBe(0o700);
  expect(await readdir(cache)).not.toEqual([]);
  expect(await readdir(dir)).toEqual(['boxcheck']);
});

test('nothing is read from or written to a cache that others can write to', async () => {
  await mkdir(cache, { recursive: true });
  await chmod(cache, 0o777);
  call(entry, '--version');
  expect(await readdir(cache)).toEqual([]);
});

test('the reference runtime leaves nothing in the temporary directory, where it has a home of its own', async () => {
  const { file, args } = referenceCommand();
  call(...(file === process.execPath ? [] : [file]), ...args, '--version');
  expect(await readdir(dir)).toEqual([]);
});
