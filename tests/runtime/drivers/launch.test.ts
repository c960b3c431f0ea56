import { fileURLToPath } from 'node:url';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { everyByte } from '../../../domain/bytes.ts';
import { UnsendableError } from '../../../domain/unsendable-error.ts';
import { localLaunch, OUTPUT_LIMIT_BYTES } from '../../../runtime/drivers/launch.ts';
import { isAlive } from '../alive.ts';

const actor = fileURLToPath(new URL('../fixtures/actor.mjs', import.meta.url));
const launch = localLaunch({ file: process.execPath, prefixArgs: [actor] });
const timeoutMs = 10_000;

describe('localLaunch', () => {
  test('hands back bytes of both streams apart, and the exit code', async () => {
    const answer = await launch(['both'], { timeoutMs });
    expect(answer).toMatchObject({ exit: 3, signal: null, out: 'to out', err: 'to err', timedOut: false });
    expect((await launch(['bytes'], { timeoutMs })).out).toBe(everyByte);
  });

  test('stdin is end-of-file unless given, and goes in unchanged', async () => {
    expect((await launch(['cat'], { timeoutMs })).out).toBe('');
    expect((await launch(['cat'], { stdin: everyByte, timeoutMs })).out).toBe(everyByte);
    expect(await launch(['exit', '0'], { stdin: everyByte.repeat(2000), timeoutMs })).toMatchObject({
      exit: 0,
    });
  });

  test('arguments arrive as they are, no shell between', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.string({ unit: 'grapheme' }).map((s) => s.replaceAll('\0', ''))),
        async (args) => {
          const answer = await launch(['args', ...args], { timeoutMs });
          expect(JSON.parse(Buffer.from(answer.out, 'latin1').toString('utf8'))).toEqual(args);
        },
      ),
      { numRuns: 5, examples: [[['$HOME', '; exit 9', "'", '"', '', '*']]] },
    );
  });

  test('the environment is clean: nothing of BoxLite, of logging, nor the own home', async () => {
    process.env.BOXLITE_HOME = '/tmp/x';
    process.env.RUST_LOG = 'trace';
    try {
      const answer = await launch(['env'], { timeoutMs, env: { BOXLITE_API_KEY: 'k' } });
      const seen = JSON.parse(answer.out);
      expect(seen).not.toHaveProperty('BOXLITE_HOME');
      expect(seen).not.toHaveProperty('RUST_LOG');
      expect(seen).toMatchObject({ BOXLITE_API_KEY: 'k', PATH: process.env.PATH });
      expect(seen.HOME).not.toBe(process.env.HOME);
    } finally {
      delete process.env.BOXLITE_HOME;
      delete process.env.RUST_LOG;
    }
  });

  test('a process at its deadline is killed with its children, and its output so far is kept', async () => {
    const hang = await launch(['hang'], { timeoutMs: 500 });
    expect(hang).toMatchObject({ timedOut: true, exit: null, signal: 'SIGKILL', out: 'before' });
    const family = await launch(['family'], { timeoutMs: 500 });
    expect(family.timedOut).toBe(true);
    await expect.poll(() => isAlive(Number(family.out))).toBe(false);
  });

  test('pipes held by a detached grandchild do not keep the answer waiting', async () => {
    const answer = await launch(['grandchild'], { timeoutMs });
    const pid = Number(answer.out);
    try {
      expect(answer).toMatchObject({ exit: 0, timedOut: false });
      expect(answer.ms).toBeLessThan(5_000);
      expect(isAlive(pid)).toBe(true);
    } finally {
      process.kill(pid, 'SIGKILL');
    }
  });

  test('death by signal is told', async () => {
    expect(await launch(['die', 'SIGSEGV'], { timeoutMs })).toMatchObject({ exit: null, signal: 'SIGSEGV' });
  });

  test('a flood is cut at the limit', async () => {
    const answer = await launch(['flood'], { timeoutMs });
    expect(answer).toMatchObject({ exit: null, signal: 'SIGKILL' });
    expect(answer.out.length).toBe(OUTPUT_LIMIT_BYTES);
  });

  test('an aborted call ends its process', async () => {
    const answer = await launch(['hang'], { timeoutMs, signal: AbortSignal.timeout(300) });
    expect(answer).toMatchObject({ exit: null, timedOut: false });
    expect(answer.ms).toBeLessThan(5_000);
  });

  test('words that are longer than the machine takes are not the end of all, for another call may be made', async () => {
    const words = Array.from({ length: 200 }, () => 'x'.repeat(32_000));
    const error = await launch(words, { timeoutMs }).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(UnsendableError);
    expect(error).toMatchObject({ message: expect.stringContaining('longer than this machine allows') });
  });

  test.each([
    ['/no/such/boxlite', /cannot start \/no\/such\/boxlite: there is no such file/],
    ['no-such-boxlite-anywhere', /cannot start no-such-boxlite-anywhere: .* PATH/],
    ['/etc/passwd', /cannot start \/etc\/passwd: it is not executable/],
    ['/etc', /cannot start \/etc: /],
  ])('a binary that cannot be started is an error that names it: %s', async (file, message) => {
    await expect(localLaunch({ file })([], { timeoutMs })).rejects.toThrow(message);
  });
});
