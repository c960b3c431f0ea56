import { expect, test } from 'vitest';
import { argvOf, mainArgv } from '../../../commands/work.ts';
import type { ProcessSpec } from '../../../reference/vm/port.ts';
import { exit, print } from '../fake/work.ts';
import { guest, outcome, play, start } from './guest.ts';

const machine = guest();

test.each<[what: string, argv: string[], spec: Partial<ProcessSpec>, failure: string]>([
  ['a missing path', ['/no/such'], {}, 'not-found'],
  ['a missing name', ['nope'], {}, 'not-found'],
  ['a program this guest does not have', ['cat'], {}, 'not-found'],
  ['nothing', [], {}, 'not-found'],
  ['a directory', ['/etc'], {}, 'is-directory'],
  ['a plain file', ['/etc/passwd'], {}, 'permission-denied'],
  ['a missing directory', exit(0), { cwd: '/no/such' }, 'bad-cwd'],
  ['a file as directory', exit(0), { cwd: '/etc/passwd' }, 'bad-cwd'],
  ['an unknown user', exit(0), { user: 'nosuchuser' }, 'no-such-user'],
  ['an unknown group', exit(0), { user: 'root:nosuchgroup' }, 'no-such-user'],
])('%s is refused', (_, argv, spec, failure) => {
  expect(() => start(machine, argv, spec)).toThrow(expect.objectContaining({ name: 'SpawnError', failure }));
});

test('the shell is found by its path too', async () => {
  const [, ...args] = exit(3);
  expect((await play(machine, ['/bin/sh', ...args])).code).toBe(3);
});

test('environment and directory reach the process byte for byte', async () => {
  const value = ' a="b"\t\'ü= ';
  const { out } = await play(machine, argvOf({ do: 'env', value }), { env: { BOXCHECK_VALUE: value } });
  expect(Buffer.from(out, 'latin1').toString()).toBe(value);
  expect((await play(machine, argvOf({ do: 'read', path: 'hostname' }), { cwd: '/etc' })).out).toBe('box\n');
});

test.each([
  [undefined, '0\n0\n'],
  ['nobody', '65534\n65534\n'],
  ['nobody:root', '65534\n0\n'],
  ['65534', '65534\n65534\n'],
  ['1234', '1234\n0\n'],
  ['1234:', '1234\n0\n'],
  ['0:56', '0\n56\n'],
])('user %s has the ids of the tables of the guest', async (user, out) => {
  expect((await play(machine, argvOf({ do: 'id' }), { user })).out).toBe(out);
});

test('one who is not root leaves no count of runs', async () => {
  const own = guest();
  await play(own, mainArgv({ do: 'print', out: '', err: '', code: 0 }), { init: true, user: 'nobody' });
  expect(own.disk.find(['root', 'runs'])).toBeNull();
});

test('a terminal is one stream with carriage returns', async () => {
  const process = start(machine, print('out\n', 'err\n', 3), { tty: true });
  expect(await outcome(process)).toEqual({ out: 'out\r\nerr\r\n', err: '', code: 3 });
});

test('a terminal has the size that it was given, and other processes have none', async () => {
  const waiting = argvOf({ do: 'terminal', rows: 40, cols: 100 });
  const [plain, process] = [start(machine, waiting), start(machine, waiting, { tty: true })];
  for (const each of [plain, process]) each.resize(24, 80);
  expect(process.ended).toBeNull();
  for (const each of [plain, process]) each.resize(40, 100);
  expect(await outcome(process)).toEqual({ out: '40 100\r\n', err: '', code: 0 });
  expect(plain.ended).toBeNull();
});
