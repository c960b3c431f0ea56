import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { referenceCommand, residentFile } from '../../../reference/index.ts';
import { localLaunch } from '../../../runtime/drivers/launch.ts';
import { residentLaunch } from '../../../runtime/drivers/resident-launch.ts';
import { isAlive } from '../alive.ts';

const home = mkdtempSync(join(tmpdir(), 'bxres'));
const pids: number[] = [];
const resident = residentLaunch({
  file: residentFile(),
  env: { HOME: home },
  onPid: (pid) => pids.push(pid),
});
const { file, args: prefixArgs } = referenceCommand();
const processes = localLaunch({ file, prefixArgs, env: { HOME: home } });
const timeoutMs = 30_000;
afterAll(async () => {
  await resident.close();
  rmSync(home, { recursive: true, force: true });
});

/** Calls that need no VM, of every way to end: fine, failed, wrong usage, output on either stream. */
const calls: string[][] = [
  ['--version'],
  ['list', '-a', '--format', 'json'],
  ['inspect', 'nobody'],
  ['rm', 'nobody'],
  ['rm', '-a'],
  ['frobnicate'],
  ['run', '--rm'],
  ['exec', '-t', 'nobody', '--', 'true'],
  ['run', '--url', '', 'x'],
];

/** Accepts and never answers. */
async function silentServer() {
  const server = createServer(() => {}).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { url, [Symbol.asyncDispose]: async () => void server.close() };
}

describe('residentLaunch', () => {
  test.each(calls)('answers as a process of its own does: %s %s %s', async (...args) => {
    const call = ['--home', join(home, 'h'), ...args];
    const [mine, theirs] = [await resident.launch(call, { timeoutMs }), await processes(call, { timeoutMs })];
    expect({ ...mine, ms: 0 }).toEqual({ ...theirs, ms: 0 });
  });

  test('stdin and the environment are those of the call', async () => {
    const call = ['--home', join(home, 'h'), 'rm', '-a'];
    const yes = await resident.launch(call, { timeoutMs, stdin: 'y\n' });
    expect(yes).toMatchObject({ exit: 0, err: expect.stringContaining('Are you sure?') });
    const unreachable = { BOXLITE_REST_URL: 'http://127.0.0.1:9' };
    const remote = await resident.launch(['list'], { timeoutMs, env: unreachable });
    expect(remote.exit).toBe(1);
    expect((await resident.launch(['--home', join(home, 'h'), 'list'], { timeoutMs })).exit).toBe(0);
  });

  test('one process serves calls in a row, each call at the same time its own', async () => {
    const before = pids.length;
    await resident.launch(['--version'], { timeoutMs });
    expect(pids).toHaveLength(before);
    const together = await Promise.all([1, 2, 3].map(() => resident.launch(['--version'], { timeoutMs })));
    expect(together.map(({ out }) => out)).toEqual(Array(3).fill('boxlite 0.11.0\n'));
    expect(pids.length).toBeGreaterThan(before);
  });

  test('a call at its deadline is killed with its process, and the next one is served', async () => {
    await using silent = await silentServer();
    const call = ['--url', silent.url, 'list'];
    const late = await resident.launch(call, { timeoutMs: 300 });
    expect(late).toMatchObject({ exit: null, signal: 'SIGKILL', timedOut: true });
    const signal = AbortSignal.timeout(300);
    const stopped = await resident.launch(call, { timeoutMs, signal });
    expect(stopped).toMatchObject({ exit: null, signal: 'SIGKILL', timedOut: false });
    expect((await resident.launch(['--version'], { timeoutMs })).exit).toBe(0);
  });

  test('closing ends the processes', async () => {
    await resident.launch(['--version'], { timeoutMs });
    await resident.close();
    expect(pids.filter((pid) => isAlive(pid))).toEqual([]);
  });
});
