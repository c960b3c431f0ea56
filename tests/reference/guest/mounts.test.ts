import {
  chmodSync,
  mkdirSync,
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
import { parseHooks } from '../../../reference/guest/hooks.ts';
import type { MountSpec } from '../../../reference/vm/port.ts';
import { guest, sh } from './guest.ts';

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
  expect(
    (
      await sh(
        machine,
        'cat /data/marker; printf "\\000\\377" >/data/new; mkdir /data/d; mv /data/new /data/d/x',
      )
    ).out,
  ).toBe('marker of h1\n');
  expect(readFileSync(join(host, 'd/x'))).toEqual(Buffer.from([0, 255]));
  writeFileSync(join(host, 'marker'), 'changed');
  expect((await sh(machine, 'cat /data/marker')).out).toBe('changed');
});

test.each([
  'echo x >/data/new',
  'echo x >>/data/marker',
  'touch /data/marker',
  'touch /data/new',
  'rm /data/marker',
  'rm -rf /data/marker',
  'mv /data/marker /data/other',
  'mv /data/marker /tmp/',
  'mkdir /data/d',
  'chmod 777 /data/marker',
  'chown nobody /data/marker',
  'ln -s a /data/l',
  'cp /etc/passwd /data/',
  'dd if=/dev/zero of=/data/marker count=1',
  'truncate -s 0 /data/marker',
  'echo x | tee /data/new',
  ': >/data/marker',
])('read-only: %s', async (command) => {
  const before = statSync(join(host, 'marker'));
  const ran = await sh(guest({ mounts: [mount('ro')] }), command);
  expect(ran.err).toContain('Read-only file system');
  expect(ran.code === 0 && !command.startsWith('echo x | tee')).toBe(false);
  expect(readdirSync(host)).toEqual(['marker']);
  expect(readFileSync(join(host, 'marker'), 'utf8')).toBe('marker of h1\n');
  expect(statSync(join(host, 'marker')).mode).toBe(before.mode);
  expect(statSync(join(host, 'marker')).mtimeMs).toBe(before.mtimeMs);
});

test('a remount changes nothing', async () => {
  const ran = await sh(
    guest({ mounts: [mount('ro')] }),
    'mount -o remount,rw /data; echo $?; echo x >/data/new',
  );
  expect(ran).toMatchObject({ out: '1\n', code: 1 });
});

test('/proc/mounts has a line for each, blanks escaped', async () => {
  const mounts = [mount('ro'), { ...mount('rw', '/with blank'), tag: 'm1' }];
  const { out } = await sh(guest({ mounts }), 'cat /proc/mounts');
  expect(out).toContain('\nm0 /data virtiofs ro,relatime 0 0\n');
  expect(out).toContain('\nm1 /with\\040blank virtiofs rw,relatime 0 0\n');
  expect(out).toContain(' / ext4 rw,');
});

test('a single file can be mounted, and is not to be removed', async () => {
  const machine = guest({ mounts: [mount('rw', '/etc/one', join(host, 'marker'))] });
  const ran = await sh(machine, 'cat /etc/one; echo more >>/etc/one; rm /etc/one; ls /etc | grep -c one');
  expect(ran.out).toBe('marker of h1\n1\n');
  expect(ran.err).toContain('Resource busy');
  expect(readFileSync(join(host, 'marker'), 'utf8')).toBe('marker of h1\nmore\n');
});

test('nested mounts show at their own paths and leave no trace on the host', async () => {
  const inner = mkdtempSync(join(tmpdir(), 'guest-inner-'));
  writeFileSync(join(inner, 'in'), 'inner');
  const machine = guest({ mounts: [mount('ro'), { ...mount('rw', '/data/a/b', inner), tag: 'm1' }] });
  expect(
    (await sh(machine, 'cat /data/a/b/in; ls /data; ls /data/a; echo y >/data/a/b/out; echo n >/data/out'))
      .out,
  ).toBe('innera\nmarker\nb\n');
  expect(readdirSync(host)).toEqual(['marker']);
  expect(readdirSync(inner).sort()).toEqual(['in', 'out']);
  rmSync(inner, { recursive: true });
});

test('a link in a shared directory leads to where it points in the guest, never out of it', async () => {
  symlinkSync('/etc/hostname', join(host, 'link'));
  symlinkSync(join(host, 'marker'), join(host, 'out'));
  const ran = await sh(guest({ mounts: [mount('rw')] }), 'cat /data/link; cat /data/out; echo x >/data/out');
  expect(ran.out).toBe('box\n');
  expect(readFileSync(join(host, 'marker'), 'utf8')).toBe('marker of h1\n');
});

test('modes are the host file’s', async () => {
  chmodSync(join(host, 'marker'), 0o640);
  const ran = await sh(guest({ mounts: [mount('rw')] }), 'stat -c %a /data/marker; chmod 600 /data/marker');
  expect(ran.out).toBe('640\n');
  expect(statSync(join(host, 'marker')).mode & 0o777).toBe(0o600);
});

test('host files are closed when their process is killed', async () => {
  const machine = guest({ mounts: [mount('rw')] });
  const open = () => readdirSync('/proc/self/fd').length;
  const before = open();
  mkdirSync(join(host, 'd'));
  await sh(
    machine,
    'sh -c "exec 3>/data/x 4</data/marker; kill -9 \\$\\$"; cat /data/marker | head -c 1 >/dev/null',
  );
  expect(open()).toBe(before);
});

test('seeded defects of mounts', async () => {
  const writable = guest({ mounts: [mount('ro')], defect: parseHooks('ro-not-enforced') });
  expect((await sh(writable, 'echo x >/data/new')).code).toBe(0);
  const elsewhere = guest({ mounts: [mount('ro')], defect: parseHooks('mount-wrong-path') });
  expect((await sh(elsewhere, 'cat /data/marker')).code).toBe(1);
});
