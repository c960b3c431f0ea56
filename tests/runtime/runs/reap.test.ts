import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { readProcess } from '../../../machine/process.ts';
import { bootId, type Note, openRun, reapDeadRuns } from '../../../runtime/runs/record.ts';
import { isAlive } from '../alive.ts';
import { ownRunsDir } from '../fixtures/fake-target.ts';

/** A suite in a process of its own, with a server, a box each and a note; resolves once it is up. */
async function victim(cacheDir: string): Promise<number> {
  const script = fileURLToPath(new URL('../fixtures/suite.mjs', import.meta.url));
  const child = spawn(process.execPath, [script, join(cacheDir, 'runs')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  for await (const chunk of child.stdout) if (String(chunk).includes('up')) break;
  return child.pid as number;
}

test('what a suite killed by SIGKILL leaves is removed; a living one is left alone', async () => {
  const cacheDir = dirname(ownRunsDir());
  const runs = join(cacheDir, 'runs');
  const pid = await victim(cacheDir);
  const [file = ''] = readdirSync(runs);
  const note: Note = JSON.parse(readFileSync(join(runs, file), 'utf8'));
  const root = note.dirs[0] as string;
  const server = note.children[0]?.pid as number;

  expect(await reapDeadRuns(() => {}, { cacheDir })).toEqual([]);
  expect([existsSync(root), isAlive(server)]).toEqual([true, true]);

  process.kill(pid, 'SIGKILL');
  await expect.poll(() => isAlive(pid)).toBe(false);
  const lines: string[] = [];
  const removed = await reapDeadRuns((line) => lines.push(line), { cacheDir });
  expect(removed).toContain(`process ${server} (boxlite serve)`);
  expect(removed).toContain(`directory ${root}`);
  expect(removed.filter((line) => line.startsWith('process'))).toHaveLength(3);
  expect(lines).toHaveLength(removed.length);
  expect([existsSync(root), isAlive(server), readdirSync(runs)]).toEqual([false, false, []]);
});

test('a pid that has become another process is never killed', async () => {
  const runs = ownRunsDir();
  const bystander = spawn('sleep', ['60']);
  onTestFinished(() => void bystander.kill('SIGKILL'));
  const pid = bystander.pid as number;
  const startTicks = readProcess(pid)?.startTicks as number;
  const dead = { pid: 2 ** 22 - 1, startTicks: 1, what: 'boxcheck' };
  const note = { format: 1, target: 'host', startedAt: '', suite: dead, dirs: [] };
  mkdirSync(runs);
  const leave = (name: string, part: object) =>
    writeFileSync(join(runs, name), JSON.stringify({ ...note, ...part }));
  leave('other-start.json', { bootId: bootId(), children: [{ pid, startTicks: startTicks - 1, what: 'x' }] });
  leave('other-boot.json', { bootId: 'before the reboot', children: [{ pid, startTicks, what: 'x' }] });
  expect(await reapDeadRuns(() => {}, { cacheDir: dirname(runs) })).toEqual([]);
  expect(isAlive(pid)).toBe(true);
  expect(readdirSync(runs)).toEqual([]);
});

test('a damaged note removes nothing but directories of the suite', async () => {
  const runs = ownRunsDir();
  const precious = join(dirname(runs), 'precious');
  for (const dir of [runs, precious]) mkdirSync(dir);
  const dead = { pid: 2 ** 22 - 1, startTicks: 1, what: 'boxcheck' };
  const dirs = [precious, '/tmp', '/', '/tmp/bcabcdef/..'];
  const note = {
    format: 1,
    bootId: bootId(),
    target: 'host',
    startedAt: '',
    suite: dead,
    children: [],
    dirs,
  };
  writeFileSync(join(runs, 'a.json'), JSON.stringify(note));
  writeFileSync(join(runs, 'b.json'), '{"half": ');
  const lines: string[] = [];
  expect(await reapDeadRuns((line) => lines.push(line), { cacheDir: dirname(runs) })).toEqual([]);
  expect(existsSync(precious)).toBe(true);
  expect(lines).toEqual([expect.stringContaining('b.json is no note of a boxcheck run')]);
});

test('the reaper has nothing to do where nobody has run yet', async () => {
  expect(await reapDeadRuns(() => {}, { cacheDir: '/no/such/cache' })).toEqual([]);
});

test('a place for notes that cannot be made is named', () => {
  expect(() => openRun('/dev/null/runs', 'host')).toThrow(/cannot keep notes of runs in \/dev\/null\/runs/);
});
