import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { interruptible } from '../../../bin/session/interrupt.ts';

const entry = fileURLToPath(new URL('../../../bin/boxcheck.ts', import.meta.url));

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'bc-int-'));
});
afterEach(() => rm(dir, { recursive: true, force: true }));

test('Ctrl-C ends a campaign cleanly: exit 130, report written, nothing left running', async () => {
  const child = spawn(
    process.execPath,
    [entry, 'fuzz', '--for', '5m', '--seed', '1', '--target', 'reference', '--out', dir],
    {
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  const ended = once(child, 'exit');
  let said = '';
  child.stderr.on('data', (data: Buffer) => {
    said += data.toString();
  });
  // The reader goes away at once: a closed pipe must not change how it ends.
  for await (const data of child.stdout) {
    said += String(data);
    if (said.includes('campaign seed 1')) break;
  }
  child.kill('SIGINT');
  const [code] = (await ended) as [number];
  expect({ code, said }).toMatchObject({ code: 130, said: expect.stringContaining('campaign seed 1') });
  const [run = ''] = await readdir(join(dir, 'runs'));
  const record = JSON.parse(await readFile(join(dir, 'runs', run, 'run.json'), 'utf8')) as { ended: string };
  expect(record.ended).toBe('interrupted');
}, 60_000);

test('a stop that waits for what hangs ends by itself after two minutes, as by a second signal', async () => {
  vi.useFakeTimers();
  const exit = vi.spyOn(process, 'exit').mockReturnValue(undefined as never);
  const said: string[] = [];
  try {
    void interruptible(
      (line) => said.push(line),
      () => new Promise(() => {}),
    );
    process.emit('SIGTERM', 'SIGTERM');
    await vi.advanceTimersByTimeAsync(119_000);
    expect(exit).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(exit).toHaveBeenCalledExactlyOnceWith(130);
    expect(said.at(-1)).toMatch(/^no clean stop within 120 s: ended at once; /u);
  } finally {
    for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.removeAllListeners(name);
    exit.mockRestore();
    vi.useRealTimers();
  }
});

test('a stop that ends in time is not ended once more', async () => {
  vi.useFakeTimers();
  const exit = vi.spyOn(process, 'exit').mockReturnValue(undefined as never);
  try {
    const work = (signal: AbortSignal) =>
      new Promise<string>((resolve) => signal.addEventListener('abort', () => resolve('stopped')));
    const done = interruptible(() => {}, work);
    process.emit('SIGTERM', 'SIGTERM');
    expect(await done).toBe('stopped');
    await vi.advanceTimersByTimeAsync(200_000);
    expect(exit).not.toHaveBeenCalled();
  } finally {
    exit.mockRestore();
    vi.useRealTimers();
  }
});
