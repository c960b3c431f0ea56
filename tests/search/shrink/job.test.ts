import { describe, expect, it } from 'vitest';
import { rules } from '../../../bench/harness/reference.ts';
import type { Step } from '../../../program/step.ts';
import { admit, idleSteps, type Job, jobOf } from '../../../search/shrink/job.ts';
import { slicePass } from '../../../search/shrink/slice-pass.ts';
import { exec, hold, print, run, spawn, start, stop } from '../../model/fixtures/steps.ts';
import { brokenAnswer } from '../fixtures/failure.ts';
import { proposals } from '../fixtures/propose.ts';

const look: Step = { op: 'inspect', via: 'rest', on: 'box1' };
const bogus: Step = { op: 'inspect', via: 'rest', on: '?nobody' };
const list: Step = { op: 'list', via: 'rest', all: true };

describe('a job', () => {
  it('is about the failing step and what came before it', () => {
    const steps = [run(), look, stop()];
    expect(jobOf(rules, steps, brokenAnswer(1, look))).toMatchObject({
      steps: [run(), look],
      failing: 1,
      anchor: 1,
    });
    expect(jobOf(rules, steps, null)).toMatchObject({ steps, failing: null, anchor: null });
    expect(jobOf(rules, steps, brokenAnswer(3, null))).toMatchObject({ steps, failing: null, anchor: null });
  });

  it('has steps that leave the world as it is', () => {
    expect([...idleSteps(jobOf(rules, [run(), look, bogus, stop(), list], null))]).toEqual([1, 2, 4]);
    expect([...idleSteps(jobOf(rules, [run(), look, bogus], brokenAnswer(2, bogus)))]).toEqual([1]);
  });

  it('admits in canonical form what is closed and predicted', () => {
    const job = jobOf(rules, [run(), look], null);
    const other: Step = { ...run(), as: 'box7' };
    expect(admit(job, [other, { ...look, on: 'box7' } as Step])).toEqual([run(), look]);
    expect(admit(job, [look])).toBeNull();
    expect(admit(job, [])).toBeNull();
    const silent: Step = { op: 'create', via: 'cli', as: 'box2', main: { do: 'missing' } };
    expect(admit(job, [run(), silent])).toBeNull();
  });

  it('admits nothing where the failing step finds another situation or is another operation', () => {
    const job = (situation: string): Job =>
      jobOf(rules, [run(), stop(), look], brokenAnswer(2, look, situation));
    expect(job('sandbox/stopped').site).not.toBeNull();
    expect(admit(job('sandbox/stopped'), [run(), look])).toBeNull();
    expect(admit(job('sandbox/stopped'), [run(), start(), stop(), look])).not.toBeNull();
    // The model met the failure elsewhere, so that nothing but the operation can be told.
    expect(job('elsewhere').site).toBeNull();
    expect(admit(job('elsewhere'), [run(), look])).not.toBeNull();
    expect(admit(job('elsewhere'), [run(), list])).toBeNull();
    expect(admit(job('elsewhere'), [run(), list], true)).not.toBeNull();
  });
});

describe('the big cuts', () => {
  const box2: Step = { ...run(), as: 'box2' };
  const told = (steps: readonly Step[]): string =>
    steps.map((step) => ('as' in step ? `${step.op} ${step.as}` : step.op)).join(', ');

  it('are what the failing step rests on, then its boxes, then all but idle steps, then box after box', () => {
    const failing = exec(print('x'));
    const steps: Step[] = [run(), box2, look, spawn(hold), failing];
    const tried = proposals(slicePass, jobOf(rules, steps, brokenAnswer(4, failing)));
    expect(tried.map(({ steps, resume }) => [told(steps), resume.at])).toEqual([
      ['run box1, exec', 1],
      ['run box1, spawn exec1, exec', 2],
      ['run box1, inspect, spawn exec1, exec', 3],
      ['run box1, run box2, spawn exec1, exec', 4],
      ['run box1, inspect, spawn exec1, exec', 4],
    ]);
  });

  it('are idle steps and boxes where no step is known to have failed', () => {
    const tried = proposals(slicePass, jobOf(rules, [run(), box2, look, spawn(hold)], null));
    expect(tried.map(({ steps, resume }) => [told(steps), resume.at])).toEqual([
      ['run box1, run box2, spawn exec1', 1],
      ['run box1, inspect, spawn exec1', 1],
      ['run box2', 2],
    ]);
  });
});
