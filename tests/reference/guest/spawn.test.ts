import { expect, test } from 'vitest';
import { argvOf } from '../../../commands/work.ts';
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

test('a terminal is one stream with carriage returns', async () => {
  const process = start(machine, print('out\n', 'err\n', 3), { tty: true });
  expect(await outcome(process)).toEqual({ out: 'out\r\nerr\r\n', err: '', code: 3 });
});
