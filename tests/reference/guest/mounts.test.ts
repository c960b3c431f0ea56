import {
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { MountSpec } from '../../../reference/vm/port.ts';
import { mounts, read, write } from '../fake/work.ts';
import { guest, play } from './guest.ts';

let host: string;

beforeEach(() => {
  host = mkdtempSync(join(tmpdir(), 'guest-mount-'));
  writeFileSync(join(host, 'marker'), 'marker of h1\n');
});
afterEach(() => rmSync(host, { recursive: true }));

const mount = (mode: 'ro' | 'rw', at = '/data', source = host): MountSpec => ({
  tag: 'm0',
  at,
  mode,
  source,
});

test('both sides see the same bytes at once', async () => {
  const machine = guest({ mounts: [mount('rw')] });
  expect((await play(machine, read('/data/marker'))).out).toBe('marker of h1\n');
  expect((await play(machine, write('/data/new', 'ü'))).code).toBe(0);
  expect(readFileSync(join(host, 'new'), 'utf8')).toBe('ü');
  expect((await play(machine, write('/data/new', 'x'))).code).toBe(0);
  expect(readFileSync(join(host, 'new'), 'utf8')).toBe('x');
  writeFileSync(join(host, 'marker'), 'changed');
  expect((await play(machine, read('/data/marker'))).out).toBe('changed');
});

test.each(['/data/new', '/data/marker'])('read-only: %s cannot be written', async (path) => {
  const before = statSync(join(host, 'marker'));
  const ran = await play(guest({ mounts: [mount('ro')] }), write(path, 'x'));
  expect(ran).toEqual({ code: 1, out: '', err: `sh: can't create ${path}: Read-only file system\n` });
  expect(readdirSync(host)).toEqual(['marker']);
  expect(readFileSync(join(host, 'marker'), 'utf8')).toBe('marker of h1\n');
  expect(statSync(join(host, 'marker')).mtimeMs).toBe(before.mtimeMs);
});

test('/proc/mounts has a line for each, blanks escaped', async () => {
  const machine = guest({ mounts: [mount('ro'), { ...mount('rw', '/with blank'), tag: 'm1' }] });
  const { out } = await play(machine, mounts);
  expect(out).toContain('\nm0 /data virtiofs ro,relatime 0 0\n');
  expect(out).toContain('\nm1 /with\\040blank virtiofs rw,relatime 0 0\n');
  expect(out).toMatch(/^\/dev\/root \/ ext4 rw,/);
  expect(out).toContain('\ntmpfs /tmp tmpfs rw,');
});

test('a single file can be mounted', async () => {
  const machine = guest({ mounts: [mount('rw', '/etc/one', join(host, 'marker'))] });
  expect((await play(machine, read('/etc/one'))).out).toBe('marker of h1\n');
  expect((await play(machine, write('/etc/one', 'more'))).code).toBe(0);
  expect(readFileSync(join(host, 'marker'), 'utf8')).toBe('more');
});

test('nested mounts show at their own paths and leave no trace in a directory that is read-only', async () => {
  const inner = mkdtempSync(join(tmpdir(), 'guest-inner-'));
  writeFileSync(join(inner, 'in'), 'inner');
  const machine = guest({ mounts: [mount('ro'), { ...mount('rw', '/data/a/b', inner), tag: 'm1' }] });
  expect((await play(machine, read('/data/a/b/in'))).out).toBe('inner');
  expect((await play(machine, read('/data/marker'))).out).toBe('marker of h1\n');
  expect((await play(machine, write('/data/a/b/out', 'y'))).code).toBe(0);
  expect((await play(machine, write('/data/out', 'n'))).code).toBe(1);
  expect(readdirSync(host)).toEqual(['marker']);
  expect(readdirSync(inner).sort()).toEqual(['in', 'out']);
  rmSync(inner, { recursive: true });
});

test('a nested mount leaves its mount point in a writable directory of the host, where other guests see it', async () => {
  const inner = mkdtempSync(join(tmpdir(), 'guest-inner-'));
  const machine = guest({ mounts: [mount('rw'), { ...mount('rw', '/data/sub', inner), tag: 'm1' }] });
  expect((await play(machine, write('/data/sub/in', 'inner'))).code).toBe(0);
  expect([readdirSync(host).sort(), readdirSync(join(host, 'sub'))]).toEqual([['marker', 'sub'], []]);
  const other = guest({ mounts: [mount('rw', '/other')] });
  expect((await play(other, write('/other/sub/g', 'x'))).code).toBe(0);
  expect(readdirSync(inner)).toEqual(['in']);
  rmSync(inner, { recursive: true });
});

test('a link in a shared directory leads nowhere, least of all out of it', async () => {
  const outside = mkdtempSync(join(tmpdir(), 'guest-outside-'));
  writeFileSync(join(outside, 'file'), 'outside');
  symlinkSync(join(outside, 'file'), join(host, 'link'));
  symlinkSync(outside, join(host, 'dir'));
  const machine = guest({ mounts: [mount('rw')] });
  for (const path of ['/data/link', '/data/dir/file']) {
    expect(await play(machine, read(path))).toMatchObject({ code: 1, out: '' });
    expect(await play(machine, write(path, 'x'))).toMatchObject({ code: 1, out: '' });
  }
  expect(readFileSync(join(outside, 'file'), 'utf8')).toBe('outside');
  rmSync(outside, { recursive: true });
});

test('host files are closed', async () => {
  const machine = guest({ mounts: [mount('rw')] });
  const open = () => readdirSync('/proc/self/fd').length;
  await play(machine, read('/data/marker'));
  const before = open();
  for (const argv of [read('/data/marker'), write('/data/x', 'x'), read('/data/none'), read('/data')])
    await play(machine, argv);
  expect(open()).toBe(before);
});
