import { spawnSync } from 'node:child_process';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { guest, outcome, start } from './guest.ts';

const busybox = spawnSync('busybox', ['true']).status === 0;

const line = fc.string({
  unit: fc.constantFrom('a', 'b', 'c', 'B', ' ', '1', '0', '9', '-', '.', '\t', '\xff', ':'),
  maxLength: 8,
});
const input = fc
  .tuple(fc.array(line, { maxLength: 8 }), fc.boolean())
  .map(([lines, ended]) => lines.join('\n') + (ended && lines.length > 0 ? '\n' : ''));

const count = fc.integer({ min: 0, max: 9 }).map(String);
const regex = fc.constantFrom(
  'a',
  '^a',
  'b$',
  'a.c',
  'a*b',
  '[ab]1',
  '[^a]',
  '^$',
  '\\.',
  'a\\|b',
  '\\(a\\)b',
);
const extended = fc.constantFrom('a+', 'a|b', '(a|b)c?', '^[0-9]+', 'a{2}', 'b?c');
const set = fc.constantFrom('a', 'abc', 'a-c', '0-9', '[:digit:]', '\\n', ' \\t', '[:upper:]', 'B');

const words = (...args: string[]): string[] => args;

const applet: fc.Arbitrary<string[]> = fc.oneof(
  fc.constant(words('cat')),
  fc.tuple(fc.constant('head'), fc.constantFrom('-n', '-c'), count).map(([...args]) => [...args]),
  fc
    .tuple(
      fc.constant('tail'),
      fc.constantFrom('-n', '-c'),
      fc.oneof(
        count,
        count.map((each) => `+${each}`),
      ),
    )
    .map(([...args]) => [...args]),
  fc.constantFrom('-l', '-c', '-w').map((flag) => ['wc', flag]),
  fc
    .tuple(fc.constantFrom('-c', '-n', '-v', '-i', '-x', '-q', '-o'), regex)
    .map(([flag, pattern]) => ['grep', flag, pattern]),
  fc.tuple(fc.constantFrom('-E', '-cE', '-vE'), extended).map(([flag, pattern]) => ['grep', flag, pattern]),
  fc
    .tuple(
      fc.constantFrom('-F', '-cF'),
      line.filter((text) => text !== ''),
    )
    .map(([flag, pattern]) => ['grep', flag, '-e', pattern]),
  fc.tuple(set, set).map(([from, to]) => ['tr', from, to]),
  fc.tuple(fc.constantFrom('-d', '-s', '-cd'), set).map(([flag, from]) => ['tr', flag, from]),
  fc.constantFrom([], ['-r'], ['-u']).map((flags) => ['sort', ...flags]),
  fc.constantFrom([], ['-c'], ['-d'], ['-u']).map((flags) => ['uniq', ...flags]),
  fc.constantFrom('1', '2', '2-', '1-2').map((fields) => ['cut', '-d', 'a', '-f', fields]),
  fc.constantFrom('1', '2-3', '3-', '-2').map((range) => ['cut', '-c', range]),
  fc
    .tuple(regex, fc.constantFrom('', 'x', '[&]'), fc.constantFrom('', 'g'))
    .map(([from, to, flag]) => ['sed', `s/${from}/${to}/${flag}`]),
  fc.constantFrom('1p', '$p', '2d', '/a/p', '/b/d').map((script) => ['sed', '-n', script]),
  fc.constant(words('md5sum')),
  fc.constant(words('sha256sum')),
  fc.constant(words('base64')),
  fc.tuple(count, count).map(([size, blocks]) => ['dd', `bs=1${size}`, `count=${blocks}`]),
);

test.skipIf(!busybox)('an applet does to its input what busybox does', async () => {
  const machine = guest();
  await fc.assert(
    fc.asyncProperty(applet, input, async (args, text) => {
      // Whether a last line without its newline gets one is a matter in which sed's versions differ.
      const data = Buffer.from(args[0] === 'sed' && text !== '' ? `${text}\n` : text, 'latin1');
      const real = spawnSync('busybox', args, { input: data, encoding: 'latin1', env: { LC_ALL: 'C' } });
      const execution = start(machine, args);
      void execution.write(data);
      void execution.write(null);
      const ours = await outcome(execution);
      expect({ out: ours.out, code: ours.code }).toEqual({ out: real.stdout, code: real.status });
    }),
    { numRuns: Number(process.env.BUSYBOX_RUNS ?? 80) },
  );
});
