import { describe, expect, it } from 'vitest';
import { seconds } from '../../../bench/simulated/price.ts';
import { play } from '../../../bench/simulated/runtime.ts';
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

  it('is in seconds', () => {
    expect(seconds({ boots: 2, commands: 5 })).toBeCloseTo(6);
  });
});
