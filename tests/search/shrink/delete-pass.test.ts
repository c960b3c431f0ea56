import { describe, expect, it } from 'vitest';
import { rules } from '../../../bench/harness/reference.ts';
import type { Step } from '../../../program/step.ts';
import { chunkPass, singlePass, slicePass } from '../../../search/shrink/delete-pass.ts';
import { jobOf } from '../../../search/shrink/job.ts';
import { exec, hold, print, run, spawn } from '../../model/fixtures/steps.ts';
import { brokenAnswer } from '../fixtures/failure.ts';
import { proposals } from '../fixtures/propose.ts';

const many = [1, 2, 3, 4, 5, 6, 7].map((n): Step => ({ op: 'inspect', via: 'rest', on: `?${n}` }));
const numbers = (steps: readonly Step[]): string =>
  steps.map((step) => ('on' in step ? String(step.on).slice(1) : '')).join('');

describe('the slice', () => {
  const steps: Step[] = [run(), { ...run(), as: 'box2' }, spawn(hold), many[0] as Step, exec(print('x'))];

  it('is what the failing step rests on, then what changes its boxes', () => {
    const tried = proposals(slicePass, jobOf(rules, steps, brokenAnswer(4, steps[4] ?? null)));
    expect(tried.map((one) => one.steps)).toEqual([
      [steps[0], steps[4]],
      [steps[0], steps[2], steps[4]],
    ]);
  });

  it('is not tried where no step is known to have failed, nor twice', () => {
    expect(proposals(slicePass, jobOf(rules, steps, null))).toEqual([]);
    const job = jobOf(rules, steps, brokenAnswer(4, steps[4] ?? null));
    expect(proposals(slicePass, job, { at: 2, size: 0 })).toEqual([]);
  });
});

describe('chunks', () => {
  it('are half of the program first, then halves of halves, from the back', () => {
    const tried = proposals(chunkPass, jobOf(rules, many, null));
    expect(tried.map(({ steps }) => numbers(steps))).toEqual([
      ...['123', '4567'],
      ...['12345', '12367', '14567', '234567'],
    ]);
    expect(tried.map(({ resume }) => `${resume.size} at ${resume.at}`)).toEqual([
      ...['4 at 3', '4 at 0'],
      ...['2 at 5', '2 at 3', '2 at 1', '2 at 0'],
    ]);
  });

  it('go on where they were, in the size they had', () => {
    const tried = proposals(chunkPass, jobOf(rules, many.slice(0, 5), null), { at: 3, size: 2 });
    expect(tried.map(({ steps }) => numbers(steps))).toEqual(['145', '2345']);
    const beyond = proposals(chunkPass, jobOf(rules, many.slice(0, 3), null), { at: 9, size: 2 });
    expect(beyond.map(({ steps }) => numbers(steps))).toEqual(['1', '23']);
  });

  it('never take the failing step, nor what it hangs on', () => {
    const steps: Step[] = [run(), ...many.slice(0, 3), exec(print('x'))];
    const tried = proposals(chunkPass, jobOf(rules, steps, brokenAnswer(4, steps[4] ?? null)));
    expect(tried.map(({ steps }) => steps.length)).toEqual([3, 4]);
    for (const { steps } of tried) expect([steps[0]?.op, steps.at(-1)?.op]).toEqual(['run', 'exec']);
  });
});

describe('single steps', () => {
  it('go from the back to the front, on from where one went', () => {
    const job = jobOf(rules, many.slice(0, 3), null);
    const tried = proposals(singlePass, job, null, true);
    expect(tried.map(({ steps }) => numbers(steps))).toEqual(['12', '13', '23']);
    expect(tried.map(({ resume }) => resume)).toEqual([2, 1, 0].map((at) => ({ at, size: 1 })));
    expect(proposals(singlePass, job, { at: 1, size: 1 }, true).map(({ steps }) => numbers(steps))).toEqual([
      '23',
    ]);
    expect(proposals(singlePass, job, { at: 9, size: 1 }, true)).toHaveLength(3);
  });

  it('go with a second one where the model wants both to go, three ways at most', () => {
    const proposing = singlePass(jobOf(rules, many, null), null);
    proposing.next(false);
    // The seventh alone is refused; with the sixth, the fifth, the fourth it is admitted.
    const pairs = [proposing.next(false), proposing.next(true), proposing.next(true)];
    expect(pairs.map(({ value }) => (value ? numbers(value.steps) : ''))).toEqual([
      '12345',
      '12346',
      '12356',
    ]);
    const next = proposing.next(true);
    expect(next.value ? numbers(next.value.steps) : '').toBe('123457');
  });
});
