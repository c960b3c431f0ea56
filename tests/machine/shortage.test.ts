import { tmpdir } from 'node:os';
import { expect, test } from 'vitest';
import { type Left, leftHere, leftIn, shortageOf } from '../../machine/shortage.ts';

const enough: Left = { diskMib: 64, files: 256, memoryMib: 64, tasks: 64, loadPerCpu: 32 };

test('a machine that has enough of everything, or does not tell, is short of nothing', () => {
  expect(shortageOf(enough)).toBeNull();
  expect(shortageOf({})).toBeNull();
});

test.each<[Left, RegExp]>([
  [{ diskMib: 63 }, /the disk is full: 63 MiB left, 64 wanted/u],
  [{ files: 255 }, /the disk is full: room for 255 files/u],
  [{ memoryMib: 63 }, /memory is short: 63 MiB left/u],
  [{ tasks: 63 }, /room for 63 processes left/u],
  [{ loadPerCpu: 33 }, /the load is 33 a CPU/u],
])('a machine with %j is short of it', (left, text) => {
  expect(shortageOf({ ...enough, ...left })).toMatch(text);
});

test('what a guest has left is read from df and /proc/meminfo', () => {
  const text = '/dev/root        8125880  812588   102400      90% /\nMemAvailable:     524288 kB\n';
  expect(leftIn(text)).toEqual({ diskMib: 100, memoryMib: 512 });
  expect(leftIn('df: no such thing\n')).toEqual({});
});

test('this machine tells everything', async () => {
  const left = await leftHere(tmpdir());
  expect(left.diskMib).toBeGreaterThan(0);
  expect(left.memoryMib).toBeGreaterThan(0);
  expect(left.tasks).toBeGreaterThan(0);
  expect(left.loadPerCpu).toBeGreaterThanOrEqual(0);
});
