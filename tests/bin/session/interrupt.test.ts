import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { execa } from 'execa';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { endingWithin, interruptible } from '../../../bin/session/interrupt.ts';
import { processesMentioning } from '../../../machine/process.ts';
import type { InvocationRecord } from '../../../report/invocation-record.ts';
import type { Note } from '../../../runtime/runs/record.ts';
import { entry } from '../spawn.ts';

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

test.each([
  'SIGINT',
  'SIGTERM',
] as const)('%s while four programs run and a finding is looked into: all is whole, and nothing is left', async (signal) => {
  const flags = ['--lanes', '4', '--guided', '0', '--target', 'reference', '--defect', 'exec-code-zeroed'];
  const child = execa(
    process.execPath,
    [entry, 'fuzz', '--for', '5m', '--seed', '1', ...flags, '--out', dir],
    {
      // On a busy machine a clean stop takes longer than the five seconds that execa waits before it kills.
      ...{
        reject: false,
        timeout: 110_000,
        forceKillAfterDelay: false,
        env: { NO_COLOR: '1', XDG_STATE_HOME: join(dir, 'state') },
      },
    },
  );
  let said = '';
  let roots: string[] = [];
  for await (const line of child) {
    said += `${line}\n`;
    if (!line.startsWith('finding') || roots.length > 0) continue;
    roots = (await noted()).flatMap(({ dirs }) => dirs);
    child.kill(signal);
  }
  const { exitCode } = await child;
  expect({ exitCode, said }).toMatchObject({ exitCode: 130 });
  expect(said).toMatch(/4 programs at once/u);
  const [summary = ''] = said.split('\n').slice(-2);
  expect(summary).toMatch(
    /^fuzz: INTERRUPTED \(stopped by the user\): \d+ passed, [1-9]\d* failed \[target/u,
  );

  const [run = ''] = await readdir(join(dir, 'runs'));
  const files = ['coverage.json', 'junit.xml', 'report.html', 'run.json'];
  expect(await readdir(join(dir, 'runs', run))).toEqual(expect.arrayContaining(files));
  const record: InvocationRecord = JSON.parse(await readFile(join(dir, 'runs', run, 'run.json'), 'utf8'));
  expect(record).toMatchObject({ ended: 'interrupted', why: 'stopped by the user' });
  expect(record.findings.length).toBeGreaterThan(0);
  expect((await readdir(join(dir, 'findings'))).toSorted()).toEqual(
    record.findings.map((finding) => basename(finding.dir)).toSorted(),
  );
  for (const finding of record.findings)
    expect(await readdir(finding.dir)).toEqual(
      expect.arrayContaining(['ISSUE.md', 'program.json', 'repro.sh', 'trace.jsonl', 'verdict.json']),
    );

  expect(roots).toHaveLength(4);
  expect(roots.filter((root) => existsSync(root))).toEqual([]);
  expect(roots.flatMap(processesMentioning)).toEqual([]);
  expect(await noted()).toEqual([]);
}, 120_000);

/** What runs have noted of what they have on this machine. */
async function noted(): Promise<Note[]> {
  const runs = join(dir, 'state', 'boxcheck', 'runs');
  const files = await readdir(runs);
  return Promise.all(files.map(async (file) => JSON.parse(await readFile(join(runs, file), 'utf8'))));
}

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

test('the end of the time comes though memory is collected all the while', async () => {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const signal = endingWithin(new AbortController().signal, 400);
  for (let i = 0; i < 100 && !signal.aborted; i++) {
    collect();
    await pause(20);
  }
  expect(signal.aborted).toBe(true);
});
