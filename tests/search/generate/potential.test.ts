import { expect, it } from 'vitest';
import { emptyWorld } from '../../../model/world.ts';
import type { Step } from '../../../program/step.ts';
import { potential } from '../../../search/generate/draw-step.ts';
import { toldOf } from '../fixtures/told.ts';

it('is more for boxes that run, executions that live, and most for what is attached', () => {
  const steps: Step[] = [
    { op: 'run', via: 'rest', as: 'box1' },
    { op: 'spawn', via: 'rest', on: 'box1', as: 'exec1', work: { do: 'cat' } },
    { op: 'attach', as: 'att1', exec: 'exec1' },
    { op: 'detach', attach: 'att1', how: 'close' },
    { op: 'kill', exec: 'exec1' },
    { op: 'stop', via: 'rest', on: ['box1'] },
    { op: 'run', via: 'rest', as: 'box2', main: { do: 'print', out: '', err: '', code: 0 } },
  ];
  expect(potential(emptyWorld)).toBe(0);
  expect(toldOf({ steps }).map(({ after }) => potential(after))).toEqual([1, 2, 4, 2, 1, 0, 1]);
});
