import { expect, it } from 'vitest';
import { simulatedRuntime } from '../../../bench/simulated/runtime.ts';
import { paceOn } from '../../../bench/speed/pace.ts';

it('measures the pace of programs, each step priced as on the real runtime', async () => {
  const pace = await paceOn(simulatedRuntime(), 1, 1, new AbortController().signal);
  expect(pace.programs).toBeGreaterThan(0);
  expect(pace.steps).toBeGreaterThan(0);
  expect(pace.pricedMs).toBeGreaterThanOrEqual(pace.steps * 400);
  expect(pace.failed).toBe(0);
});
