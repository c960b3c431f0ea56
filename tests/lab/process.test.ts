import { spawn } from 'node:child_process';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { endProcess, isAlive, markOf, parseStat } from '../../lab/process.ts';

const stat = (name: string, state: string) =>
  `77 (${name}) ${state} ${Array.from({ length: 18 }, (_, i) => i).join(' ')} 4711 0 0`;

test('the start time is found whatever the program calls itself; zombies count as gone', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 15 }), (name) => {
      expect(parseStat(stat(name, 'S'))).toBe('4711');
      expect(parseStat(stat(name, 'Z'))).toBeNull();
    }),
  );
  expect(parseStat('')).toBeNull();
});

test('a process is ended, also one that ignores TERM', async () => {
  const child = spawn('sh', ['-c', 'trap "" TERM; echo; while :; do sleep 0.05; done']);
  await new Promise((resolve) => child.stdout.once('data', resolve));
  const mark = markOf(child.pid as number);
  if (mark === null) throw new Error('the child is not there');
  expect(isAlive(mark)).toBe(true);
  await endProcess(mark, 100);
  expect(isAlive(mark)).toBe(false);
});

test('a pid taken over by another process is not it', () => {
  expect(isAlive({ pid: process.pid, startTicks: '1' })).toBe(false);
});
