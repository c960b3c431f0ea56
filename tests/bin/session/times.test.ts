import { expect, test } from 'vitest';
import { recordOf } from '../../../bin/session/invocation.ts';
import { newTimes, spentOf, timedRunner, timesOf } from '../../../bin/session/times.ts';
import type { Program } from '../../../program/program.ts';
import { nothingSpent } from '../../../search/campaign/spent.ts';
import { history } from '../../report/fixtures/records.ts';
import { toyEngine, toyRun } from '../fixtures.ts';

const program: Program = { format: 1, contract: '0.10.7', steps: [] };
const { signal } = new AbortController();

test('every run counts, whatever it is for; the rest of the time is ours, and both are all of it', async () => {
  const times = newTimes();
  const run = timedRunner(async () => ({ ...history, totalMs: 500, runtimeMs: 400 }), times);
  for (let i = 0; i < 3; i++) await run(program, signal);
  expect(timesOf(times, 2_000)).toMatchObject({ runtimeMs: 1_200, harnessMs: 800 });
  // Clocks are read one after the other: a share is never negative.
  expect(timesOf(times, 1_100)).toMatchObject({ runtimeMs: 1_100, harnessMs: 0 });
});

test('processor time is that of this process since the run began', () => {
  const times = newTimes();
  const before = process.cpuUsage();
  while (process.cpuUsage(before).user < 30_000);
  expect(timesOf(times, 1_000).cpuMs).toBeGreaterThanOrEqual(30);
});

test('a run record tells of runs nobody tallied too', async () => {
  const engine = {
    ...toyEngine([{}]),
    run: async () => ({ ...history, runtimeMs: Number.MAX_SAFE_INTEGER }),
  };
  const { run } = await toyRun(engine);
  expect(recordOf(run, { ended: 'complete' }).totals.runtimeMs).toBe(0);
  await run.engine.run(program, signal);
  const { totalMs, totals } = recordOf(run, { ended: 'complete' });
  expect(totals).toMatchObject({ programs: 0, runtimeMs: totalMs, harnessMs: 0 });
});

test('what time went into is the mean of the lanes; bringing the machine back is a repair', () => {
  const times = newTimes(2);
  times.repairs.runtimeMs += 300;
  const spent = spentOf(times, { ...nothingSpent(), programsMs: 1_000, repairsMs: 100 });
  expect(spent).toMatchObject({ programsMs: 500, repairsMs: 200, rerunsMs: 0 });
});
