import { describe, expect, it } from 'vitest';
import { play, simulateCampaign } from '../../../bench/harness/simulated.ts';
import type { Step } from '../../../program/step.ts';

describe('the price of a program', () => {
  const boots = (...steps: Step[]) => play({ format: 1, contract: '', steps }).boots;

  it('counts boots by what the world says', () => {
    const run: Step = { op: 'run', via: 'rest', as: 'box1' };
    expect(boots(run)).toBe(1);
    expect(boots({ ...run, op: 'create' })).toBe(0);
    expect(boots(run, { op: 'restart', via: 'url', on: ['box1'] })).toBe(2);
    expect(boots({ ...run, op: 'create' }, { op: 'attach-main', as: 'att1', on: 'box1' })).toBe(1);
    expect(
      boots(
        { ...run, op: 'create' },
        { op: 'attach-main', as: 'att1', on: 'box1' },
        { op: 'start', via: 'rest', on: ['box1'] },
      ),
    ).toBe(1);
  });

  it('is in seconds', async () => {
    const { now, spent } = await simulateCampaign({ seed: 3, guided: 0, programs: 2 });
    expect(spent.boots).toBeGreaterThan(0);
    expect(now()).toBeCloseTo(1000 * (2 * spent.boots + 0.4 * spent.commands));
  });
});
