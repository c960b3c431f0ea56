import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { tryCall } from '../../lab/call.ts';
import { guestFile } from '../../lab/paths.ts';
import { quoteAll } from '../../lab/ssh.ts';
import { labLaunch, parseEnd } from '../../runtime/targets/lab/launch.ts';

/** This machine in the place of the guest: the same helper, a shell instead of ssh. */
let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'bc-launch-'));
});
afterEach(() => rmSync(dir, { recursive: true }));

const shellArgv = (argv: readonly string[]) => [
  'sh',
  '-c',
  `BOXCHECK_LAUNCH_DIR=${dir} exec ${quoteAll(argv)}`,
];
const lab = {
  sshArgv: shellArgv,
  run: (argv: readonly string[], options: { timeoutMs: number }) => tryCall(shellArgv(argv), options),
};
const launch = (args: string[], options = {}) =>
  labLaunch(lab, { helper: guestFile('launch.pl'), program: '/bin/sh' })(args, {
    timeoutMs: 10_000,
    ...options,
  });

test.each([
  0, 1, 42, 127, 128, 129, 137, 254, 255,
])('the exit code %i of a program in the guest arrives', async (code) => {
  const answer = await launch(['-c', `exit ${code}`]);
  expect(answer).toMatchObject({ exit: code, signal: null, timedOut: false, args: ['-c', `exit ${code}`] });
  expect(readdirSync(dir)).toEqual([]);
});

test('a death by signal in the guest is told as one, not as an exit code', async () => {
  expect(await launch(['-c', 'kill -SEGV $$'])).toMatchObject({ exit: null, signal: 'SIGSEGV' });
  expect(await launch(['-c', 'kill -TERM $$'])).toMatchObject({ exit: null, signal: 'SIGTERM' });
});

test('arguments, environment and stdin arrive byte for byte', async () => {
  const text = fc.string({ unit: 'grapheme', maxLength: 12 }).map((word) => word.replaceAll('\0', ''));
  const stdin = fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes).toString('latin1'));
  await fc.assert(
    fc.asyncProperty(text, text, stdin, async (word, value, input) => {
      const script = `printf '%s\\n%s\\n' "$1" "$VALUE"; cat`;
      const answer = await launch(['-c', script, 'sh', word], { env: { VALUE: value }, stdin: input });
      const head = Buffer.from(`${word}\n${value}\n`).toString('latin1');
      expect(answer.out).toBe(`${head}${input}`);
    }),
    { numRuns: 15 },
  );
});

test('the whole process group in the guest is killed at the deadline', async () => {
  const answer = await launch(['-c', `sleep 60 & echo $! >${dir}/child; wait`], { timeoutMs: 700 });
  expect(answer).toMatchObject({ exit: null, signal: 'SIGKILL', timedOut: true });
  const alive = await tryCall(['sh', '-c', `kill -0 "$(cat ${dir}/child)"`], { timeoutMs: 5_000 });
  expect(alive.exit).not.toBe(0);
});

test('a lost connection to the guest is no answer of the program', async () => {
  const broken = { ...lab, sshArgv: () => ['sh', '-c', 'echo gone >&2; exit 255'] };
  const run = labLaunch(broken, { helper: guestFile('launch.pl'), program: '/bin/sh' });
  await expect(run([], { timeoutMs: 5_000 })).rejects.toThrow(/ssh lost the lab.*gone/s);
});

test('the note of an end is read strictly', () => {
  expect(parseEnd('0 11\n')).toEqual({ exit: null, signal: 'SIGSEGV' });
  expect(parseEnd('200 0\n')).toEqual({ exit: 200, signal: null });
  expect(parseEnd('')).toBeNull();
});
