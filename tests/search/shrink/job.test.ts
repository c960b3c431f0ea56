import { describe, expect, it } from 'vitest';
import { rules } from '../../../bench/harness/reference.ts';
import type { Step } from '../../../program/step.ts';
import { admit, type Job, jobOf } from '../../../search/shrink/job.ts';
import { run, start, stop } from '../../model/fixtures/steps.ts';
import { brokenAnswer } from '../fixtures/failure.ts';

const look: Step = { op: 'inspect', via: 'rest', on: 'box1' };
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

  it('admits in canonical form what is closed and predicted', () => {
    const job = jobOf(rules, [run(), look], null);
    const other: Step = { ...run(), as: 'box7' };
    expect(admit(job, [other, { ...look, on: 'box7' } as Step])).toEqual([run(), look]);
    expect(admit(job, [look])).toBeNull();
    expect(admit(job, [])).toBeNull();
    const unpredicted: Step = { op: 'create', via: 'cli', as: 'box2', main: { do: 'missing' } };
    expect(admit(job, [run(), unpredicted])).toBeNull();
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
