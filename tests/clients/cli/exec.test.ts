import { beforeAll, expect, test } from 'vitest';
import { done, withRealCli } from './bench.ts';

const bench = withRealCli();
const boxlite = (...args: string[]) => bench().boxlite(args);
const shell = (script: string) => boxlite('exec', 'box', '--', 'sh', '-c', script);

beforeAll(async () => {
  const made = await boxlite('create', '--name', 'box', ...bench().from);
  expect(made.code).toBe(0);
});

test('a sandbox box is booted by its first command', async () => {
  expect((await boxlite('inspect', 'box', '-f', '{{.State.Status}}')).out).toBe('configured\n');
  expect(await shell('echo up')).toEqual(done('up'));
  expect((await boxlite('inspect', 'box', '-f', '{{.State.Status}}')).out).toBe('running\n');
});

test.each([
  ['exit 0', 0],
  ['exit 1', 1],
  ['exit 7', 7],
  ['exit 125', 125],
  ['exit 126', 126],
  ['exit 127', 127],
  ['exit 255', 255],
  ['kill -INT $$', 130],
  ['kill -KILL $$', 137],
  ['kill -TERM $$', 143],
])('the code of %s', async (script, code) => {
  expect(await shell(script)).toEqual({ code, out: '', err: '' });
});

test('both streams, apart and whole', async () => {
  const numbers = (from: number, to: number) =>
    Array.from({ length: to - from + 1 }, (_, i) => `${from + i}\n`).join('');
  expect(await shell('seq 1 40000; seq 40001 80000 >&2; exit 3')).toEqual({
    code: 3,
    out: numbers(1, 40_000),
    err: numbers(40_001, 80_000),
  });
});

test('stdin', async () => {
  const long = 'a line of input\n'.repeat(20_000);
  const fed = await bench().boxlite(['exec', '-i', 'box', '--', 'sh', '-c', 'cat; exit 4'], long);
  expect(fed).toEqual({ code: 4, out: long, err: '' });
});

test('environment and working directory', async () => {
  const options = ['-e', 'A= x y=z"\'', '-e', 'B=', '-w', '/etc'];
  const script = 'printf "%s|%s|" "$A" "$B"; pwd';
  expect((await boxlite('exec', ...options, 'box', '--', 'sh', '-c', script)).out).toBe(' x y=z"\'||/etc\n');
});

test('detached', async () => {
  expect(await boxlite('exec', '-d', 'box', '--', 'sh', '-c', 'sleep 0.2; echo d >/root/d')).toEqual(done());
  await expect.poll(async () => (await shell('cat /root/d')).out, { timeout: 10_000 }).toBe('d\n');
});

test('commands side by side keep apart', async () => {
  const ends = await Promise.all([1, 2, 3, 4].map((i) => shell(`seq ${i}000 ${i}500; exit ${i}`)));
  expect(ends.map(({ code }) => code)).toEqual([1, 2, 3, 4]);
  for (const [i, { out }] of ends.entries()) expect(out.split('\n').at(-2)).toBe(`${(i + 1) * 1_000 + 500}`);
});

test.each([
  ['a missing binary', ['box', '--', '/no/such']],
  ['a directory', ['box', '--', '/etc']],
  ['a missing working directory', ['-w', '/no/such', 'box', '--', 'true']],
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
  await boxlite('run', '-d', '--name', 'cut', ...from, 'sleep', '300');
  const cut = boxlite('exec', 'cut', '--', 'sh', '-c', 'echo on >/root/on; sleep 300');
  const begun = () => boxlite('exec', 'cut', '--', 'cat', '/root/on');
  await expect.poll(async () => (await begun()).out, { timeout: 10_000 }).toBe('on\n');
  expect(await boxlite('rm', '-f', 'cut')).toEqual(done('cut'));
  expect((await cut).code).not.toBe(0);
});

test('stats tell what was executed', async () => {
  await boxlite('run', '-d', '--name', 'counted', ...bench().from, 'sleep', '300');
  await boxlite('exec', 'counted', '--', 'true');
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
