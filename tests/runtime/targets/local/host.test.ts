import { existsSync, readFileSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { everyByte } from '../../../../domain/bytes.ts';
import { markerOf } from '../../../../domain/mount.ts';
import { localHost } from '../../../../runtime/targets/local/host.ts';

function host() {
  const made = localHost(undefined, 'a label/..');
  onTestFinished(() => made.dispose());
  return made;
}

test('a host directory is made once, with its own marker', async () => {
  const it = host();
  const [first, again, other] = await Promise.all([it.dir('h1'), it.dir('h1'), it.dir('h2')]);
  expect(first).toBe(again);
  expect(other).not.toBe(first);
  expect(readFileSync(join(first, 'marker'), 'latin1')).toBe(markerOf('h1'));
  expect(await it.read({ host: 'h2' }, 'marker')).toBe(markerOf('h2'));
});

test('a host keeps bytes unchanged and gives null for a file that is not there', async () => {
  const it = host();
  await it.write({ host: 'h1' }, 'f', everyByte);
  expect(await it.read({ host: 'h1' }, 'f')).toBe(everyByte);
  expect(await it.read({ host: 'h1' }, 'nothing')).toBe(null);
  const scratch = { via: 'cli' } as const;
  const path = await it.path(scratch, 'deep/file');
  await mkdir(path, { recursive: true });
  expect(await it.read(scratch, 'deep/file'), 'a directory is no file').toBe(null);
  await rm(path, { recursive: true });
  expect(await it.read(scratch, 'deep/file')).toBe(null);
  await it.write(scratch, 'deep/file', everyByte);
  expect(await it.read({ via: 'url' }, 'deep/file')).toBe(everyByte);
});

test('a host gives a file its permissions, and tells them with whose it is', async () => {
  const it = host();
  const scratch = { via: 'cli' } as const;
  await it.write(scratch, 'f', 'x', '640');
  expect(await it.mode(scratch, 'f')).toBe('-rw-r----- own\n');
  expect(await it.mode(scratch, 'nothing')).toBe(null);
});

test('the path a host gives as missing does not exist', () => {
  expect(existsSync(host().missing())).toBe(false);
});

test.each([
  '../x',
  '..',
  '',
  'a/../../x',
])('a host refuses a file outside of its directory: %j', async (file) => {
  await expect(host().write({ host: 'h1' }, file, 'x')).rejects.toThrow('not below its directory');
});

test('a disposed host has removed everything, and one that nobody used makes nothing', async () => {
  const it = host();
  const dir = await it.dir('h1');
  await it.dispose();
  expect(existsSync(dirname(dir))).toBe(false);
  await host().dispose();
});
