import { expect, it } from 'vitest';
import { rules } from '../../../bench/harness/reference.ts';
import type { Step } from '../../../program/step.ts';
import { argumentPass, simplestPass } from '../../../search/shrink/argument-pass.ts';
import { jobOf } from '../../../search/shrink/job.ts';
import { exec, print, run, stop } from '../../model/fixtures/steps.ts';
import { proposals } from '../fixtures/propose.ts';

const named: Step = { ...run(), name: 'alpha' };
const steps: Step[] = [named, exec(print('x', 'y', 7)), { ...stop(), by: 'name' }];
const tried = (of: readonly Step[], from: number | null = null) =>
  proposals(argumentPass, jobOf(rules, of, null), from === null ? null : { at: from, size: 0 });

it('makes everything as simple as the model lets it be, in one proposal', () => {
  const [all, ...others] = proposals(simplestPass, jobOf(rules, steps, null));
  expect(others).toEqual([]);
  expect(all?.steps[0]).toEqual(run());
  expect(all?.steps[2]).toEqual(stop());
  expect(proposals(simplestPass, jobOf(rules, all?.steps ?? [], null))).toEqual([]);
  expect(proposals(simplestPass, jobOf(rules, steps, null), { at: 0, size: 0 })).toEqual([]);
});

it('makes one step after the other simpler, from the back, the simplest form first', () => {
  const changed = tried(steps).map(({ steps: after, resume }) => {
    const at = after.findIndex((step, index) => step !== steps[index]);
    expect(resume).toEqual({ at: at + 1, size: 0 });
    expect(after.filter((step, index) => step !== steps[index])).toHaveLength(1);
    return at;
  });
  expect(changed).toEqual([...changed].sort((a, b) => b - a));
  expect(new Set(changed)).toEqual(new Set([0, 1, 2]));
  const simplest = proposals(simplestPass, jobOf(rules, [run(), steps[1] as Step], null))[0]?.steps[1];
  expect(tried([run(), steps[1] as Step])[0]?.steps[1]).toEqual(simplest);
});

it('goes on at the step where it was, and never behind the end', () => {
  expect(tried(steps, 2).every(({ steps: after }) => after[2] === steps[2])).toBe(true);
  expect(tried(steps, 99)).toEqual(tried(steps));
});

it('takes a spelling by id and fewer targets for simpler, in a step of any verb', () => {
  const both: Step = { op: 'stop', via: 'cli', on: ['box1', 'box2'], by: 'prefix' };
  const forms = tried([both]).map(({ steps: [step] }) => step);
  expect(forms).toContainEqual({ op: 'stop', via: 'cli', on: ['box1', 'box2'] });
  expect(forms).toContainEqual({ ...both, on: ['box2'] });
  expect(forms).toContainEqual({ ...both, on: ['box1'] });
});

it('leaves the handle that a step makes', () => {
  for (const { steps: after } of tried([{ ...run(print('x')), as: 'box5', name: 'alpha' }]))
    expect(after[0]).toMatchObject({ as: 'box5' });
});
