import { expect, it } from 'vitest';
import { seededChance } from '../../../bench/harness/chance.ts';
import { flakyTrials } from '../../../bench/verdicts/flaky.ts';

it('classifies failures that show always, never, and in three of ten runs', async () => {
  const signal = new AbortController().signal;
  const always = await flakyTrials(1, 5, seededChance(1), signal);
  expect(always.deterministic).toEqual({ count: 5, runs: 40 });
  const never = await flakyTrials(0, 5, seededChance(1), signal);
  expect(never['not-reproduced'].count).toBe(5);
  const some = await flakyTrials(0.3, 200, seededChance(1), signal);
  expect(some.flaky.count).toBeGreaterThan(190);
  expect(some.deterministic.count).toBe(0);
});
