import { expect, it } from 'vitest';
import { rules } from '../../../bench/harness/reference.ts';
import type { Step } from '../../../program/step.ts';
import { jobOf } from '../../../search/shrink/job.ts';
import { surfacePass } from '../../../search/shrink/surface-pass.ts';
import { proposals } from '../fixtures/propose.ts';

const steps: Step[] = [
  { op: 'run', via: 'cli', as: 'box1' },
  { op: 'run', via: 'url', as: 'box2' },
  { op: 'settle', via: 'url', on: 'box2' },
  { op: 'restart', via: 'cli', on: ['box1'] },
  { op: 'inspect', via: 'rest', on: 'box1' },
];
const told = (changed: readonly Step[]): string =>
  changed.map((step) => `${step.op} ${'via' in step ? step.via : '-'}`).join(', ');

it('moves all at once, then surface by surface, box by box, step by step', () => {
  const tried = proposals(surfacePass, jobOf(rules, steps, null), null, true);
  expect(tried.map(({ steps }) => told(steps))).toEqual([
    'run rest, run rest, settle rest, restart url, inspect rest',
    'run rest, run url, settle url, restart url, inspect rest',
    'run cli, run rest, settle rest, restart cli, inspect rest',
    'run rest, run url, settle url, restart url, inspect rest',
    'run cli, run rest, settle rest, restart cli, inspect rest',
    'run cli, run url, settle url, restart url, inspect rest',
    'run cli, run url, settle rest, restart cli, inspect rest',
    'run cli, run rest, settle url, restart cli, inspect rest',
    'run rest, run url, settle url, restart cli, inspect rest',
  ]);
  expect(tried.map(({ resume }) => resume.at)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
  expect(proposals(surfacePass, jobOf(rules, steps, null), { at: 8, size: 0 }, true)).toHaveLength(1);
});

it('leaves out the waiting that was moved, where the model refuses that', () => {
  const tried = proposals(surfacePass, jobOf(rules, steps, null)).map(({ steps }) => told(steps));
  expect(tried.slice(0, 4)).toEqual([
    'run rest, run rest, settle rest, restart url, inspect rest',
    'run rest, run rest, restart url, inspect rest',
    'run rest, run url, settle url, restart url, inspect rest',
    'run rest, run url, settle url, restart url, inspect rest',
  ]);
});

it('has nothing to do where all is on one surface, or on none', () => {
  expect(proposals(surfacePass, jobOf(rules, [{ op: 'wait', exec: '?bogus' }], null))).toEqual([]);
  expect(proposals(surfacePass, jobOf(rules, steps.slice(4), null))).toEqual([]);
});
