import { predictRun } from '../../model/predict/creation.ts';
import { ofCreation } from '../../model/situation.ts';
import { createByCli, createByRest, discovered, startNew } from '../create-calls.ts';
import {
  creationCandidates,
  likelyCreation,
  maybeNamed,
  nothing,
  onceThere,
  simplerCreation,
} from '../creation.ts';
import { defineVerb } from '../define.ts';
import { newBox } from '../fields.ts';
import { mains, mainWeight } from '../values.ts';
import type { StepWith } from '../verb.ts';

const shape = newBox;
type RunStep = StepWith<'run', typeof shape>;

/** run -d; over REST: create and start. */
export const run = defineVerb({
  op: 'run',
  shape,
  makes: 'box',
  effect: 'boots',
  weight: 8,
  themes: {
    streams: 8,
    conversation: 8,
    executions: 8,
    outputs: 8,
    memory: 8,
    files: 6,
    volumes: 5,
    ends: 14,
    refusals: 8,
    recovery: 8,
    lifecycle: 8,
  },
  refusals: 7,
  contract: { cli: ['2.2', '3.2'], rest: ['3.2', '4.3'] },
  predict: predictRun,
  situation: ofCreation,
  candidates: (world, context) =>
    creationCandidates<RunStep>('run', world, context, {
      mains,
      mounting: [undefined, ...mains.slice(0, 1)],
    }),
  vary: maybeNamed,
  likely: (step) => likelyCreation(step, mainWeight),
  calls: (step) => [
    ...(step.via === 'rest' ? [createByRest(step), startNew] : [createByCli(step, step.via, ['run', '-d'])]),
    discovered(step),
  ],
  shrink: (step) => simplerCreation(step),
  merge: (step, { effect }) => {
    if (effect === 'settles' && step.main) return { ...step, op: 'foreground', main: step.main };
    if (effect === 'removes') return onceThere(step);
    if (effect !== 'stops') return null;
    // A run that is stopped leaves what a run that ended by itself leaves: a box with a past. A sandbox at rest may as
    // well have none.
    return step.main ? { ...step, op: 'foreground', main: nothing } : { ...step, op: 'create' };
  },
});
