import { beforeAll, expect, test } from 'vitest';
import { argvOf, mainArgv } from '../../../commands/work.ts';
import type { Work } from '../../../domain/work.ts';
import { done, withRealCli } from './bench.ts';

const bench = withRealCli();
const boxlite = (...args: string[]) => bench().boxlite(args);
const play = (work: Work) => boxlite('exec', 'box', '--', ...argvOf(work));
const print = (out: string, err: string, code: number): Work => ({ do: 'print', out, err, code });
const exit = (code: number) => print('', '', code);
const holdMain = mainArgv({ do: 'hold', out: '' });

beforeAll(async () => {
  const made = await boxlite('create', '--name', 'box', ...bench().from);
  expect(made.code).toBe(0);
});

test('a sandbox box is booted by its first command', async () => {
  expect((await boxlite('inspect', 'box', '-f', '{{.State.Status}}')).out).toBe('configured\n');
  expect(await play(print('up\n', '', 0))).toEqual(done('up'));
  expect((await boxlite('inspect', 'box', '-f', '{{.State.Status}}')).out).toBe('running\n');
});

test.each<[Work, number]>([
  ...[0, 1, 7, 125, 126, 127, 255].map((code): [Work, number] => [exit(code), code]),
  [{ do: 'die', signal: 2 }, 130],
  [{ do: 'die', signal: 9 }, 137],
  [{ do: 'die', signal: 15 }, 143],
])('the code of %j', async (work, code) => {
  expect(await play(work)).toEqual({ code, out: '', err: '' });
});

test('both streams, apart and whole', async () => {
  const err = 'a line of errors\n'.repeat(5_000);
  expect(await play(print('out\n', err, 3))).toEqual({ code: 3, out: 'out\n', err });
  const out = '0123456789abcde\n'.repeat(100_000);
  expect(await play({ do: 'flood', bytes: 1_600_000, code: 4 })).toEqual({ code: 4, out, err: '' });
});

test('stdin', async () => {
  const long = 'a line of input\n'.repeat(20_000);
  const fed = await bench().boxlite(['exec', '-i', 'box', '--', ...argvOf({ do: 'cat' })], long);
  expect(fed).toEqual({ code: 0, out: long, err: '' });
});

test('environment and working directory', async () => {
  const value = ' x y=z"\'';
  const env = ['-e', `BOXCHECK_VALUE=${value}`];
  expect((await boxlite('exec', ...env, 'box', '--', ...argvOf({ do: 'env', value }))).out).toBe(value);
  const relative = argvOf({ do: 'read', path: 'passwd' });
  expect((await boxlite('exec', '-w', '/etc', 'box', '--', ...relative)).out).toContain('root:x:0:0');
});

test('detached', async () => {
  const gate: Work = { do: 'gate', gate: 'g1', out: '', after: '', code: 0 };
  expect(await boxlite('exec', '-d', 'box', '--', ...argvOf(gate))).toEqual(done());
  const write: Work = { do: 'write', path: '/root/d', data: 'd' };
  expect(await boxlite('exec', '-d', 'box', '--', ...argvOf(write))).toEqual(done());
  const written = async () => (await play({ do: 'read', path: '/root/d' })).out;
  await expect.poll(written, { timeout: 10_000 }).toBe('d');
});

test('commands side by side keep apart', async () => {
  const ends = await Promise.all([1, 2, 3, 4].map((i) => play(print(`${i}\n`.repeat(500), '', i))));
  expect(ends.map(({ code }) => code)).toEqual([1, 2, 3, 4]);
  for (const [i, { out }] of ends.entries()) expect(out).toBe(`${i + 1}\n`.repeat(500));
});

test.each([
  ['a missing binary', ['box', '--', '/no/such']],
  ['a directory', ['box', '--', '/etc']],
  ['a missing working directory', ['-w', '/no/such', 'box', '--', 'sh']],
  ['a missing binary, detached', ['-d', 'box', '--', '/no/such']],
])('%s is refused', async (_, args) => {
  expect(await boxlite('exec', ...args)).toMatchObject({
    code: 1,
    out: '',
    err: expect.stringMatching(/^Error: .*spawn_failed/),
  });
});

test('a command cut off by the removal of its box does not end well', async () => {
  const { from } = bench();
  await boxlite('run', '-d', '--name', 'cut', ...from, ...holdMain);
  // It counts itself as a main command does, so that its beginning can be seen from beside it.
  const cut = boxlite('exec', 'cut', '--', ...holdMain);
  const begun = () => boxlite('exec', 'cut', '--', ...argvOf({ do: 'runs' }));
  await expect.poll(async () => (await begun()).out, { timeout: 10_000 }).toBe('r\nr\n');
  expect(await boxlite('rm', '-f', 'cut')).toEqual(done('cut'));
  expect((await cut).code).not.toBe(0);
});

test('stats tell what was executed', async () => {
  await boxlite('run', '-d', '--name', 'counted', ...bench().from, ...holdMain);
  await boxlite('exec', 'counted', '--', ...argvOf(exit(0)));
  await boxlite('exec', 'counted', '--', '/no/such');
  const stats = await boxlite('stats', 'counted', '--format', 'json');
  expect(stats.code).toBe(0);
  const values = new Map(
    (JSON.parse(stats.out) as { Metric: string; Value: string }[]).map(({ Metric, Value }) => [
      Metric,
      Value,
    ]),
  );
  expect([values.get('Commands'), values.get('Errors')]).toEqual(['2', '1']);
});
