import { describe, expect, it } from 'vitest';
import { rules } from '../../../bench/harness/reference.ts';
import type { Failure } from '../../../program/failure.ts';
import type { Step } from '../../../program/step.ts';
import { candidates } from '../../../search/shrink/candidates.ts';
import { freshContext, type ShrinkContext } from '../../../search/shrink/context.ts';
import { exec, print, run, stop } from '../../model/fixtures/steps.ts';
import { brokenAnswer } from '../fixtures/failure.ts';

const steps: Step[] = [run(), exec(print('x')), { ...stop(), by: 'name' }];
const failure = brokenAnswer(1, steps[1] ?? null);
const all = (of: readonly Step[], changes: Partial<ShrinkContext> = {}, known: Failure | null = null) => [
  ...candidates(rules, of, known, { ...freshContext(), offered: new Set(), ...changes }),
];
const texts = (of: ReturnType<typeof all>): string[] => of.map((one) => JSON.stringify(one.steps));

describe('rounds of passes', () => {
  it('go on from the pass that was last, and begin again when something became simpler', () => {
    const fresh = all(steps);
    const passes = new Set(fresh.map(({ context }) => context.pass));
    expect(passes.size).toBeGreaterThan(2);
    const last = Math.max(...passes);
    const again = texts(all(steps, { pass: last, dirty: true }));
    expect(texts(all(steps, { pass: last, dirty: false })).length).toBeLessThan(again.length);
    // Whole chunks have been tried: a later round begins behind them.
    const chunks = fresh.filter(({ context }) => context.pass === 2);
    expect(again.length).toBeLessThanOrEqual(fresh.length);
    expect(chunks.length).toBeGreaterThan(0);
  });

  it('end behind the last pass', () => {
    expect(all(steps, { pass: 99, dirty: true })).toEqual([]);
    expect(all(steps, { pass: 7, dirty: true })).toEqual([]);
  });

  it('note that something became simpler', () => {
    for (const { context } of all(steps)) expect(context.dirty).toBe(true);
  });

  it('never hand out the program itself, nor one twice', () => {
    const offered = new Set<string>();
    const first = all(steps, { offered });
    expect(new Set(texts(first)).size).toBe(first.length);
    expect(texts(first)).not.toContain(JSON.stringify(steps));
    expect(all(steps, { offered })).toEqual([]);
  });

  it('make arguments simpler only while there is fuel', () => {
    const equal = (fuel: number) => all(steps, { fuel }).filter(({ context }) => context.fuel < fuel);
    expect(equal(5).length).toBeGreaterThan(0);
    expect(equal(5).every(({ context }) => context.fuel === 4)).toBe(true);
    expect(equal(0)).toEqual([]);
    expect(all(steps, { fuel: 0 }).length).toBeGreaterThan(0);
  });

  it('cut what comes after the failing step last, and have nothing after that', () => {
    const cut = all(steps, {}, failure);
    expect(cut.at(-1)?.steps).toEqual(steps.slice(0, 2));
    expect(all(steps.slice(0, 2), cut.at(-1)?.context, failure)).toEqual([]);
    for (const { steps: some } of cut) expect(some.length).toBeLessThan(3);
    const uncut = texts(all(steps.slice(0, 2), {}, failure));
    expect(uncut).not.toContain(JSON.stringify(steps.slice(0, 2)));
  });
});
