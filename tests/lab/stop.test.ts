import { spawn } from 'node:child_process';
import { expect, test } from 'vitest';
import { killProcess } from '../../lab/machine.ts';
import { markOf } from '../../lab/state.ts';
import { stillRuns } from '../../machine/process.ts';

test('a process is killed, also one that ignores TERM', async () => {
  const child = spawn('sh', ['-c', 'trap "" TERM; echo; while :; do sleep 0.05; done']);
  await new Promise((resolve) => child.stdout.once('data', resolve));
  const mark = markOf(child.pid as number);
  if (mark === null) throw new Error('the child is not there');
  expect(stillRuns(mark)).toBe(true);
  await killProcess(mark);
  expect(stillRuns(mark)).toBe(false);
});

test('a marked process is not alive when another one has its pid', () => {
  expect(stillRuns({ pid: process.pid, startTicks: '1' })).toBe(false);
});
