import { expect, it } from 'vitest';
import type { Step } from '../../../program/step.ts';
import { handleMade, kindMade, nextHandle, withFreshHandle } from '../../../search/generate/handles.ts';

const steps: Step[] = [
  { op: 'run', via: 'rest', as: 'box1' },
  { op: 'create', via: 'rest', as: 'box10' },
  { op: 'spawn', via: 'rest', on: 'box1', as: 'exec1', work: { do: 'cat' } },
  { op: 'attach', as: 'att1', exec: 'exec1' },
  { op: 'attach-main', as: 'att2', on: 'box10' },
  { op: 'read', attach: 'att1' },
];

it('is of the kind of what the step makes', () => {
  expect(steps.map(kindMade)).toEqual(['box', 'box', 'exec', 'att', 'att', null]);
  expect(steps.map(handleMade)).toEqual(['box1', 'box10', 'exec1', 'att1', 'att2', null]);
});

it('has the next number of its kind, by number and not by text', () => {
  expect([nextHandle(steps, 'box'), nextHandle(steps, 'exec'), nextHandle(steps, 'att')]).toEqual([
    'box11',
    'exec2',
    'att3',
  ]);
  expect(nextHandle([], 'box')).toBe('box1');
  expect(withFreshHandle(steps, { op: 'run', via: 'cli', as: 'box1' })).toEqual({
    op: 'run',
    via: 'cli',
    as: 'box11',
  });
  expect(withFreshHandle(steps, steps[5] as Step)).toBe(steps[5]);
});
