import { expect, it } from 'vitest';
import { emptyWorld } from '../../../model/world.ts';
import type { Step } from '../../../program/step.ts';
import { bootsBetween } from '../../../search/worlds/boots.ts';
import { toldOf, worldAfter } from '../fixtures/told.ts';

/** Boots of each of the steps, one after the other. */
const bootsOf = (...steps: Step[]): number[] =>
  toldOf({ steps }).map(({ before, after, step }) => bootsBetween(before, after, step));

it('counts a VM that a step boots, and none where nothing changes', () => {
  const run = { op: 'run', via: 'rest', as: 'box1' } as const;
  expect(bootsOf(run)).toEqual([1]);
  expect(bootsBetween(worldAfter(run), worldAfter(run), run)).toBe(0);
  expect(bootsBetween(emptyWorld, emptyWorld, run)).toBe(0);
});

it('counts a new run, and nothing that is done in it', () => {
  expect(
    bootsOf(
      { op: 'run', via: 'rest', as: 'box1' },
      { op: 'exec', via: 'rest', on: 'box1', work: { do: 'cat' } },
      { op: 'stop', via: 'rest', on: ['box1'] },
      { op: 'start', via: 'rest', on: ['box1'] },
      { op: 'rm', via: 'rest', on: ['box1'], force: true },
    ),
  ).toEqual([1, 0, 0, 1, 0]);
});

it('counts the VM that a client of the main session brings up once, not again at the start', () => {
  expect(
    bootsOf(
      { op: 'create', via: 'rest', as: 'box1' },
      { op: 'attach-main', as: 'att1', on: 'box1' },
      { op: 'inspect', via: 'rest', on: 'box1' },
      { op: 'start', via: 'rest', on: ['box1'] },
    ),
  ).toEqual([0, 1, 0, 0]);
});

it('counts a boot whose command is missing, each time it is tried', () => {
  expect(
    bootsOf(
      { op: 'create', via: 'rest', as: 'box1', main: { do: 'missing' } },
      { op: 'start', via: 'rest', on: ['box1'] },
      { op: 'inspect', via: 'rest', on: 'box1' },
      { op: 'start', via: 'rest', on: ['box1'] },
    ),
  ).toEqual([0, 1, 0, 1]);
});
