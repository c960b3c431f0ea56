import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { finite } from '../../commands/values.ts';
import { argvOf, envOf, mainArgv } from '../../commands/work.ts';
import type { Bytes } from '../../domain/bytes.ts';
import type { Work } from '../../domain/work.ts';
import { workResult } from '../../model/work.ts';
import type { Box } from '../../model/world.ts';
import { reached } from '../model/fixtures/play.ts';
import { hold, run } from '../model/fixtures/steps.ts';
import { rootDir, runToEnd, Started } from './fixtures/shell.ts';

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

describe('workloads do what the model says, under a real shell', () => {
  it.each([...finite.map((work): [Work, Bytes] => [work, '']), ...inputs])('%j', (work, stdin) => {
    const ended = runToEnd(argvOf(work), rootDir(), { stdin, env: envOf(work) });
    expect(ended).toEqual(predicted(work, stdin));
  });

  it('writes and reads files, and reads nothing where there is none', () => {
    const root = rootDir();
    const path = '/root/f1';
    const data = 'a "b" $c \\ ü\n';
    const read: Work = { do: 'read', path };
    expect(runToEnd(argvOf(read), root)).toMatchObject({ code: 1, out: '' });
    expect(runToEnd(argvOf({ do: 'write', path, data }), root)).toEqual({ code: 0, out: '', err: '' });
    expect(runToEnd(argvOf(read), root)).toEqual({ code: 0, out: utf8Bytes(data), err: '' });
  });

  it('fails to write where there is no directory', () => {
    const ended = runToEnd(argvOf({ do: 'write', path: '/root/none/f', data: 'x' }), rootDir());
    expect(ended.code).not.toBe(0);
  });

  it('holds until it is signalled: with its handler, or by the signal', async () => {
    const root = rootDir();
    for (const [work, code] of [
      [{ do: 'hold', out: 'up\n' }, 143],
      [{ do: 'hold', out: 'up\n', onTerm: 5 }, 5],
    ] as const) {
      const started = new Started(argvOf(work), root);
      await vi.waitFor(() => expect(started.out).toBe('up\n'), { timeout: 5_000 });
      expect(started.running).toBe(true);
      started.child.kill('SIGTERM');
      expect(await started.ended()).toBe(code);
    }
  });

  it('waits for its gate, and goes on when it is opened', async () => {
    const root = rootDir();
    const gate: Work = { do: 'gate', gate: 'g1', out: 'one\n', after: 'two\n', code: 7 };
    const started = new Started(argvOf(gate), root);
    await vi.waitFor(() => expect(started.out).toBe('one\n'), { timeout: 5_000 });
    expect(runToEnd(argvOf({ do: 'open', gate: 'g1' }), root)).toEqual({ code: 0, out: '', err: '' });
    expect(await started.ended()).toBe(7);
    expect(started.out).toBe('one\ntwo\n');
    expect(runToEnd(argvOf(gate), root)).toMatchObject({ code: 7, out: 'one\ntwo\n' });
  });

  it('names binaries that cannot be started', () => {
    expect(() => runToEnd(argvOf({ do: 'missing' }), rootDir())).toThrow('ENOENT');
    expect(() => runToEnd(argvOf({ do: 'directory' }), rootDir())).toThrow('EACCES');
  });
});

describe('main commands count their runs', () => {
  it.each(finite)('%j', (work) => {
    const root = rootDir();
    const env = envOf(work);
    const ended = runToEnd(mainArgv(work), root, { env });
    expect(ended).toEqual(predicted(work, ''));
    runToEnd(mainArgv(work), root, { env });
    expect(readFileSync(join(root, 'runs'), 'latin1')).toBe('r\nr\n');
    expect(runToEnd(argvOf({ do: 'runs' }), root).out).toBe('r\nr\n');
  });

  it('leaves no count for one that cannot be started', () => {
    expect(mainArgv({ do: 'missing' })).toEqual(argvOf({ do: 'missing' }));
  });
});

const utf8Bytes = (text: string): Bytes => Buffer.from(text, 'utf8').toString('latin1');
