import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { lockHolder, takeLock } from '../../lab/lock.ts';
import { markOf } from '../../lab/state.ts';

let dir: string;
let file: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'bc-lock-'));
  file = join(dir, 'below', 'lock');
});
afterEach(() => rmSync(dir, { recursive: true }));

test('a lock is taken, seen and given back, and leaves nothing', () => {
  const giveBack = takeLock(file, 'a test');
  expect(lockHolder(file)).toMatchObject({ pid: process.pid, purpose: 'a test' });
  giveBack();
  expect(lockHolder(file)).toBeNull();
  expect(readdirSync(join(dir, 'below'))).toEqual([]);
});

test('a lock that is taken is refused with the process that has it and what it does', () => {
  const giveBack = takeLock(file, 'fuzzing');
  expect(() => takeLock(file, 'smoke')).toThrow(`in use by process ${process.pid} (fuzzing)`);
  giveBack();
});

test('a lock of a dead process, of another one with its pid, and one torn apart are taken over', async () => {
  const child = spawn('sleep', ['60']);
  const mark = markOf(child.pid as number);
  takeLock(file, 'first')();
  writeFileSync(file, JSON.stringify({ ...mark, purpose: 'alive' }));
  expect(() => takeLock(file, 'mine')).toThrow(`process ${child.pid} (alive)`);
  child.kill('SIGKILL');
  await once(child, 'exit');
  takeLock(file, 'mine')();
  writeFileSync(file, JSON.stringify({ pid: process.pid, startTicks: '1', purpose: 'before the reboot' }));
  takeLock(file, 'mine')();
  writeFileSync(file, '{"pid":');
  takeLock(file, 'mine')();
  expect(readdirSync(join(dir, 'below'))).toEqual([]);
});
