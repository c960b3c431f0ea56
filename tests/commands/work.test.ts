import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it, vi } from 'vitest';
import { finite, leaving } from '../../commands/values.ts';
import { argvOf, envOf, mainArgv, workScript } from '../../commands/work.ts';
import { lineOf } from '../../commands/work-line.ts';
import type { Bytes } from '../../domain/bytes.ts';
import { filled } from '../../domain/fill.ts';
import { variablesIn } from '../../domain/variables.ts';
import type { Work } from '../../domain/work.ts';
import { workResult } from '../../model/work.ts';
import type { Box } from '../../model/world.ts';
import { reached } from '../model/fixtures/play.ts';
import { hold, run } from '../model/fixtures/steps.ts';
import { rootDir, runToEnd, Started, shells } from './fixtures/shell.ts';
import { sized } from './fixtures/sized.ts';

const world = reached(run(hold));
const predicted = (work: Work, stdin: Bytes | null, init = false) => {
  const result = workResult(world, world.boxes.box1 as Box, work, stdin, init);
  if (result.ends !== true) throw new Error(`${work.do} is not predicted to end`);
  return { code: result.code, out: result.out, err: result.err };
};

const inputs: [Work, Bytes][] = [
  [{ do: 'cat' }, ''],
  [{ do: 'cat' }, '\0\x01\xff\r\n'],
  [{ do: 'cat' }, 'x'.repeat(300_000)],
];

const ending = [...[...finite, ...sized].map((work): [Work, Bytes] => [work, '']), ...inputs];

describe.each(shells)('workloads do what the model says, under %s', (sh) => {
  it.each(ending)('%j', (work, stdin) => {
    const ended = runToEnd(argvOf(work), rootDir(), { sh, stdin, env: envOf(work) });
    expect(ended).toEqual(predicted(work, stdin));
  });

  it('names a workload that the script does not have', () => {
    const ended = runToEnd(['sh', '-c', workScript, 'work', 'nosuch'], rootDir(), { sh });
    expect(ended).toEqual({ code: 64, out: '', err: 'work: there is no workload named nosuch\n' });
  });

  it('writes and reads files, and reads nothing where there is none', () => {
    const root = rootDir();
    const path = '/root/f1';
    const data = 'a "b" $c \\ ü\n';
    const read: Work = { do: 'read', path };
    expect(runToEnd(argvOf(read), root, { sh })).toMatchObject({ code: 1, out: '' });
    expect(runToEnd(argvOf({ do: 'write', path, data }), root, { sh })).toEqual({
      code: 0,
      out: '',
      err: '',
    });
    expect(runToEnd(argvOf(read), root, { sh })).toEqual({ code: 0, out: utf8Bytes(data), err: '' });
  });

  it('writes files of a size and a pattern', () => {
    const root = rootDir();
    for (const data of [
      { size: 70_000, pattern: 'bytes' },
      { size: 5_000, pattern: 'text' },
    ] as const) {
      const written = runToEnd(argvOf({ do: 'write', path: '/root/f1', data }), root, { sh });
      expect(written).toEqual({ code: 0, out: '', err: '' });
      expect(runToEnd(argvOf({ do: 'read', path: '/root/f1' }), root, { sh }).out).toBe(filled(data));
    }
  });

  it('fails to write where there is no directory', () => {
    const ended = runToEnd(argvOf({ do: 'write', path: '/root/none/f', data: 'x' }), rootDir(), { sh });
    expect(ended.code).not.toBe(0);
  });

  it('holds until it is signalled: with its handler, or by the signal', async () => {
    const root = rootDir();
    for (const [work, code] of [
      [{ do: 'hold', out: 'up\n' }, 143],
      [{ do: 'hold', out: 'up\n', onTerm: 5 }, 5],
    ] as const) {
      const started = new Started(argvOf(work), root, sh);
      await vi.waitFor(() => expect(started.out).toBe('up\n'), { timeout: 5_000 });
      expect(started.running).toBe(true);
      started.child.kill('SIGTERM');
      expect(await started.ended()).toBe(code);
    }
  });

  it('holds although it is told to end, where it ignores that, or where a child has its streams', async () => {
    const root = rootDir();
    for (const work of [
      { do: 'hold', out: 'up\n', onTerm: 'ignored' },
      { do: 'hold', out: 'up\n', forks: true },
    ] as const) {
      const started = new Started(argvOf(work), root, sh);
      await vi.waitFor(() => expect(started.out).toBe('up\n'), { timeout: 5_000 });
      started.child.kill('SIGTERM');
      const over = started.ended().then(() => 'over');
      expect(await Promise.race([over, pause(300, 'goes on')])).toBe('goes on');
    }
  });

  it('ends before its children do: one that writes later, and one that has no stream of it', async () => {
    expect(runToEnd(argvOf(leaving[0] as Work), rootDir(), { sh })).toEqual(
      predicted(leaving[0] as Work, ''),
    );
    const started = new Started(argvOf(leaving[1] as Work), rootDir(), sh);
    expect(await started.ended()).toBe(4);
  });

  it('waits for its gate, and goes on when it is opened', async () => {
    const root = rootDir();
    const gate: Work = { do: 'gate', gate: 'g1', out: 'one\n', after: 'two\n', code: 7 };
    const started = new Started(argvOf(gate), root, sh);
    await vi.waitFor(() => expect(started.out).toBe('one\n'), { timeout: 5_000 });
    expect(runToEnd(argvOf({ do: 'open', gate: 'g1' }), root, { sh })).toEqual({ code: 0, out: '', err: '' });
    expect(await started.ended()).toBe(7);
    expect(started.out).toBe('one\ntwo\n');
    expect(runToEnd(argvOf(gate), root, { sh })).toMatchObject({ code: 7, out: 'one\ntwo\n' });
  });

  it('shows how it was started: variables of any name, directory, user, machine', () => {
    const env = { 'BC_a.b-c': 'x', BC_grüße: 'two\nlines', BC_E: '' };
    const own = runToEnd(argvOf({ do: 'environ' }), rootDir(), { sh, env });
    expect(new Map(variablesIn(own.out))).toEqual(
      new Map(Object.entries(env).map(([key, value]) => [utf8Bytes(key), utf8Bytes(value)])),
    );
    expect(runToEnd(argvOf({ do: 'pwd' }), rootDir(), { sh }).out).toBe(`${process.cwd()}\n`);
    expect(runToEnd(argvOf({ do: 'id' }), rootDir(), { sh }).out).toBe(
      `${process.getuid?.()}\n${process.getgid?.()}\n`,
    );
    expect(runToEnd(argvOf({ do: 'machine' }), rootDir(), { sh }).out).toMatch(/^(?:\d+\n){3}$/u);
    expect(runToEnd(argvOf({ do: 'link' }), rootDir(), { sh })).toMatchObject({
      code: 0,
      out: readFileSync('/proc/net/dev', 'utf8').includes('eth0:') ? 'eth0\n' : '',
    });
    expect(runToEnd(argvOf({ do: 'caps' }), rootDir(), { sh }).out).toMatch(/^[0-9a-f]{16}\n$/u);
  });

  it('names binaries that cannot be started', () => {
    expect(() => runToEnd(argvOf({ do: 'missing' }), rootDir(), { sh })).toThrow('ENOENT');
    expect(() => runToEnd(argvOf({ do: 'directory' }), rootDir(), { sh })).toThrow('EACCES');
  });
});

describe.each(shells)('main commands count their runs, under %s', (sh) => {
  it.each(finite)('%j', (work) => {
    const root = rootDir();
    const env = envOf(work);
    const ended = runToEnd(mainArgv(work), root, { sh, env });
    expect(ended).toEqual(predicted(work, ''));
    runToEnd(mainArgv(work), root, { sh, env });
    expect(readFileSync(join(root, 'runs'), 'latin1')).toBe('r\nr\n');
    expect(runToEnd(argvOf({ do: 'runs' }), root, { sh }).out).toBe('r\nr\n');
  });

  it('leaves no count for one that cannot be started', () => {
    expect(mainArgv({ do: 'missing' })).toEqual(argvOf({ do: 'missing' }));
  });
});

describe('the line of a workload for people', () => {
  it.each<[Work, string]>([
    [{ do: 'print', out: 'out', err: '', code: 7 }, "sh -c 'printf out; exit 7'"],
    [{ do: 'print', out: 'a\n', err: 'b c', code: 0 }, `sh -c 'printf "a\\n"; printf "b c" >&2'`],
    [{ do: 'print', out: '', err: '', code: 0 }, 'true'],
    [{ do: 'die', signal: 9 }, "sh -c 'kill -9 $$'"],
    [
      { do: 'hold', out: 'up', onTerm: 5 },
      `sh -c 'trap "exit 5" TERM; printf up; while :; do sleep 0.1; done'`,
    ],
    [{ do: 'hold', out: '', onTerm: 'ignored', forks: true }, `sh -c 'trap "" TERM; sleep 300 & wait'`],
    [{ do: 'fork', out: 'a', after: 'b', code: 3 }, "sh -c '{ sleep 0.3; printf b; } & printf a; exit 3'"],
    [{ do: 'daemon', code: 0 }, "sh -c 'sleep 300 </dev/null >/dev/null 2>&1 &'"],
    [
      { do: 'terminal', rows: 40, cols: 100 },
      `sh -c 'while [ "$(stty size)" != "40 100" ]; do sleep 0.1; done; stty size'`,
    ],
    [{ do: 'cat' }, 'cat'],
    [{ do: 'missing' }, '/no/such/binary'],
  ])('reads well: %j', (work, line) => {
    expect(lineOf(work)).toBe(line);
  });

  const odd: Work[] = [
    { do: 'print', out: '-n%s\\0\n', err: '$`"\'! ü*', code: 3 },
    { do: 'args', args: [] },
    { do: 'write', path: '/root/a "$b\'`\\', data: '-%d' },
    { do: 'write', path: '/root/e', data: '' },
    { do: 'write', path: '/root/f', data: { size: 300, pattern: 'bytes' } },
  ];
  it.each([
    ...ending,
    ...odd.map((work): [Work, Bytes] => [work, '']),
  ])('does the same: %j', (work, stdin) => {
    const ended = runToEnd(['sh', '-c', lineOf(work)], rootDir(), { stdin, env: envOf(work) });
    expect(ended).toEqual(predicted(work, stdin));
  });

  it('leaves what a write leaves', () => {
    const root = rootDir();
    const data = "-%d 'x' \\n ü\n";
    const write: Work = { do: 'write', path: '/root/a "$b\'`\\', data };
    expect(runToEnd(['sh', '-c', lineOf(write)], root).code).toBe(0);
    const read = runToEnd(argvOf({ do: 'read', path: write.path }), root);
    expect(read).toEqual({ code: 0, out: utf8Bytes(data), err: '' });
  });
});

const utf8Bytes = (text: string): Bytes => Buffer.from(text, 'utf8').toString('latin1');
