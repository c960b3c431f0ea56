import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import type { Terminal } from '../../../domain/terminal.ts';
import { localLaunch } from '../../../runtime/drivers/launch.ts';
import { isAlive } from '../alive.ts';

const launch = localLaunch({ file: 'sh', prefixArgs: ['-c'] });
const size: Terminal = { rows: 40, cols: 100 };
const run = (script: string, more = {}) => launch([script], { timeoutMs: 10_000, terminal: size, ...more });

describe('a process on a terminal', () => {
  test('has it as stdin, stdout and controlling terminal, of that size; stderr stays apart', async () => {
    const seen = await run('test -t 0 && test -t 1 && stty size </dev/tty && echo err >&2; exit 7');
    expect(seen).toMatchObject({ exit: 7, signal: null, out: '40 100\n', err: 'err\n' });
  });

  test('writes on a terminal that changes nothing, however much it is', async () => {
    const seen = await run('seq 50000');
    expect(seen.out).toBe(Array.from({ length: 50_000 }, (_, i) => `${i + 1}\n`).join(''));
  });

  test('is typed to once it reads single keys, with an end of the file behind', async () => {
    const seen = await run('sleep 0.3; stty raw -echo; head -c 4', { stdin: 'abc' });
    expect(seen).toMatchObject({ exit: 0, out: 'abc\x04' });
  });

  test('gets the later size when it has written something, and is told', async () => {
    const script = 'trap "stty size; exit 5" WINCH; echo up; while :; do sleep 0.05; done';
    const seen = await run(script, { terminal: { ...size, resized: { rows: 5, cols: 9 } } });
    expect(seen).toMatchObject({ exit: 5, out: 'up\n5 9\n' });
  });

  test('dies of a signal as one without a terminal does, and cannot be started as one', async () => {
    expect(await run('kill -9 $$')).toMatchObject({ exit: null, signal: 'SIGKILL' });
    const nothing = localLaunch({ file: '/no/such/program' });
    expect(await nothing([], { timeoutMs: 10_000, terminal: size })).toMatchObject({ exit: 127 });
  });

  test('is gone when its time is over, whatever it does about a hang-up', async () => {
    const seen = await run('trap "" HUP; echo $$; sleep 100', { timeoutMs: 700 });
    expect(seen).toMatchObject({ timedOut: true, exit: null });
    await expect.poll(() => isAlive(Number(seen.out))).toBe(false);
  });

  test('hangs up on what it leaves in its session when it ends, and on nothing else', async () => {
    const { out } = await run(
      'sleep 20 </dev/null >/dev/null & echo $!; setsid sleep 20 </dev/null >/dev/null & echo $!; sleep 0.3',
    );
    const [inside, outside] = out.trim().split('\n').map(Number) as [number, number];
    try {
      await expect.poll(() => isAlive(inside)).toBe(false);
      await pause(100);
      expect(isAlive(outside)).toBe(true);
    } finally {
      process.kill(outside, 'SIGKILL');
    }
  });
});
