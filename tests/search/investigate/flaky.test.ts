import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RunProgram } from '../../../program/history.ts';
import { defective, found, investigated } from '../fixtures/investigated.ts';

describe('a failure that shows in 30 % of the runs', () => {
  /** Fails with the defect as often as chance has it, the same chance in every run of this test. */
  const sometimes = (seed: number): RunProgram => {
    const draws = fc.sample(fc.noBias(fc.integer({ min: 0, max: 999 })), { seed, numRuns: 2000 });
    return defective((run) => (draws[run] ?? 0) < 300);
  };

  it('is called flaky in at least 95 of 100 cases, and never deterministic', async () => {
    const classes: Record<string, number> = {};
    const shares: number[] = [];
    for (let seed = 1; seed <= 100; seed++) {
      const { verdict, smallest } = await investigated({ run: sometimes(seed) });
      const name = verdict?.class ?? 'none';
      classes[name] = (classes[name] ?? 0) + 1;
      shares.push(smallest.program.steps.length / found.program.steps.length);
    }
    expect(classes.flaky).toBeGreaterThanOrEqual(95);
    expect(classes).not.toHaveProperty('deterministic');
    const half = shares.sort((a, b) => a - b)[shares.length / 2];
    expect(half).toBeLessThan(0.5);
  });

  it('has the rate of the program that is handed over', async () => {
    let last = '';
    const seen: Record<string, { failed: number; runs: number }> = {};
    const chance = sometimes(5);
    const { verdict, smallest } = await investigated({
      run: async (program, signal) => {
        const history = await chance(program, signal);
        const key = JSON.stringify(program.steps);
        if (key !== last) seen[key] = { failed: 0, runs: 0 };
        const count = seen[key] as { failed: number; runs: number };
        count.runs++;
        count.failed += history.ending.is === 'failed' ? 1 : 0;
        last = key;
        return history;
      },
    });
    expect(verdict?.class).toBe('flaky');
    expect(smallest.program.steps.length).toBeLessThan(found.program.steps.length);
    expect(verdict).toMatchObject(seen[JSON.stringify(smallest.program.steps)] ?? {});
  });
});
