import { beforeAll, describe, expect, it } from 'vitest';
import { type Site, stepsTo } from '../../quality/site.ts';
import { rowOf, survivors, totalsOf } from '../../quality/summary.ts';
import { defect, killed, survived } from './trials.ts';

/** The state graph is made once: three seconds of processor time, which a busy machine makes a minute of. */
beforeAll(() => void stepsTo({ op: 'list', via: 'cli', situation: 'any' }), 180_000);

const minimum = { class: 'deterministic', caught: { unexpected: 2, leak: 1 } } as const;

describe('a row', () => {
  it('counts kills, and measures only those', () => {
    const row = rowOf(defect, minimum, [killed(1, { programs: 3 }), killed(2, { programs: 5 }), survived(3)]);
    expect(row).toMatchObject({ trials: 3, killed: 2, programs: { mean: 4, median: 3, max: 5 }, minimum: 1 });
    expect(row.classes).toEqual({ deterministic: 2 });
  });

  it('holds each kill against the minimum of the oracle that made it', () => {
    const leak = killed(3, { steps: 2, result: { oracle: 'leak' } });
    const row = rowOf(defect, minimum, [killed(1, { steps: 2 }), killed(2, { steps: 3 }), leak]);
    expect(row.atMinimum).toBeCloseTo(1 / 3);
    expect(row.oracles).toEqual({ unexpected: 2, leak: 1 });
  });

  it('asks no fewer steps than the failure itself takes', () => {
    const site: Site = { op: 'exec', via: 'cli', situation: 'sandbox/running' };
    const trials = [2, 3].map((steps) => killed(steps, { steps, site }));
    expect(rowOf(defect, { ...minimum, caught: { unexpected: 1 } }, trials).atMinimum).toBe(0.5);
  });

  it('asks of a failure that is recognised by its signature what is known of that one', () => {
    const as = { 'exec-cli-0123456789': { steps: 4, why: 'a file must be written first' } };
    const result = { signature: 'exec-cli-0123456789' };
    const trials = [3, 4, 5].map((steps) => killed(steps, { steps, result }));
    const row = rowOf(defect, { ...minimum, as }, [...trials, killed(6, { steps: 4 })]);
    expect(row.atMinimum).toBe(0.5);
  });

  it('counts a false alarm as no kill', () => {
    const { result, ...trial } = killed(1);
    if (result.is !== 'killed') throw new Error('unreachable');
    const alarm = { ...trial, result: { ...result, is: 'false-alarm' as const, without: 'the same' } };
    expect(rowOf(defect, minimum, [alarm])).toMatchObject({ killed: 0, falseAlarms: 1 });
  });
});

describe('the end', () => {
  const row = (trials: Parameters<typeof rowOf>[2], kind: 'deterministic' | 'flaky' = 'deterministic') =>
    rowOf(defect, { ...minimum, class: kind }, trials);

  it('is red for a defect that always shows and survived a seed, whatever the others', () => {
    expect(survivors([row([killed(1), survived(2)])])).toHaveLength(1);
  });

  it('is not red for a flaky one, nor for infrastructure failures', () => {
    const broken = { ...survived(2), result: { is: 'infrastructure', why: 'no disk' } as const };
    expect(survivors([row([killed(1), survived(2)], 'flaky'), row([killed(1), broken])])).toEqual([]);
  });

  it('has totals over all rows', () => {
    const totals = totalsOf([
      row([killed(1, { programs: 2 })]),
      row([killed(1, { programs: 20 }), survived(2)]),
    ]);
    expect(totals).toMatchObject({
      defects: 2,
      trials: 3,
      killed: 2,
      programs: 11,
      rightClass: 1,
      replays: 1,
    });
  });

  it('has totals of nothing', () => {
    expect(totalsOf([])).toMatchObject({ defects: 0, killed: 0, programs: null });
  });
});
