import { describe, expect, it, test } from 'vitest';
import { finite } from '../../../commands/values.ts';
import { argvOf, envOf, mainArgv, workScript } from '../../../commands/work.ts';
import { filled } from '../../../domain/fill.ts';
import type { Work } from '../../../domain/work.ts';
import { rootDir, runToEnd } from '../../commands/fixtures/shell.ts';
import { sized } from '../../commands/fixtures/sized.ts';
import { gate, open, read, runs, write } from '../fake/work.ts';
import { firstOutput, guest, outcome, play, start } from './guest.ts';

/** As a CLI shows it. */
const shown = (code: number | null) => (code !== null && code < 0 ? 128 - code : code);

const inputs: [Work, string][] = [
  [{ do: 'cat' }, ''],
  [{ do: 'cat' }, '\0\x01\xff\r\n'],
  [{ do: 'cat' }, 'x'.repeat(300_000)],
];
const ending = [...[...finite, ...sized].map((work): [Work, string] => [work, '']), ...inputs];

describe('the guest does by itself what a real shell does with the script', () => {
  it.each(ending)('%j', async (work, stdin) => {
    const real = runToEnd(argvOf(work), rootDir(), { stdin, env: envOf(work) });
    const ran = await play(guest(), argvOf(work), { stdin, env: envOf(work) });
    expect({ ...ran, code: shown(ran.code) }).toEqual(real);
  });

  it.each(ending)('as a main command, which counts its run: %j', async (work, stdin) => {
    const real = runToEnd(mainArgv(work), rootDir(), { stdin, env: envOf(work) });
    const machine = guest();
    const ran = await play(machine, mainArgv(work), { stdin, env: envOf(work) });
    expect({ ...ran, code: shown(ran.code) }).toEqual(real);
    expect((await play(machine, runs)).out).toBe('r\n');
  });
});

test('files are written and read, and where there is none nothing is read', async () => {
  const machine = guest();
  const data = 'a "b" $c \\ ü\n';
  expect(await play(machine, read('/root/f1'))).toMatchObject({ code: 1, out: '' });
  expect(await play(machine, write('/root/f1', data))).toEqual({ code: 0, out: '', err: '' });
  expect((await play(machine, read('f1'), { cwd: '/root' })).out).toBe(Buffer.from(data).toString('latin1'));
  for (const argv of [write('/root/none/f', 'x'), write('/root', 'x'), read('/root'), runs])
    expect(await play(machine, argv)).toMatchObject({ code: 1, out: '', err: expect.stringMatching(/.\n$/) });
});

test('files of a size and a pattern are written', async () => {
  const machine = guest();
  const data = { size: 70_000, pattern: 'text' } as const;
  await play(machine, argvOf({ do: 'write', path: '/root/f1', data }));
  expect((await play(machine, read('/root/f1'))).out).toBe(filled(data));
});

test('a gate is waited for and passed, also by one who comes late', async () => {
  const machine = guest();
  const waiting = start(machine, gate('one\n', 'two\n', 7));
  await firstOutput(waiting);
  expect(waiting.ended).toBeNull();
  expect(await play(machine, open)).toEqual({ code: 0, out: '', err: '' });
  expect(await outcome(waiting)).toEqual({ code: 7, out: 'one\ntwo\n', err: '' });
  expect(await play(machine, gate('one\n', 'two\n', 7))).toMatchObject({ code: 7, out: 'one\ntwo\n' });
});

test('what a workload writes is durable when it has ended', async () => {
  let synced = 0;
  const machine = guest({ sync: () => synced++ });
  await play(machine, write('/root/f', 'x'));
  await play(machine, open);
  await play(machine, mainArgv({ do: 'cat' }));
  expect(synced).toBe(3);
});

test.each([
  ['another script', ['sh', '-c', 'echo hi'], 127, 'it only plays the workloads'],
  ['a file', ['sh', '/root/script'], 127, 'it only plays the workloads'],
  ['an unknown workload', ['sh', '-c', workScript, 'work', 'nosuch'], 64, 'no workload named nosuch'],
])('%s is refused in words', async (_, argv, code, text) => {
  const ran = await play(guest(), argv);
  expect(ran).toEqual({ code, out: '', err: expect.stringContaining(text) });
});

test('the shell of a sandbox box stays until its stdin ends', async () => {
  const shell = start(guest(), ['sh']);
  shell.feed(Buffer.from('anything\n'));
  expect(shell.ended).toBeNull();
  shell.feed(null);
  expect(await outcome(shell)).toEqual({ out: '', err: '', code: 0 });
});
