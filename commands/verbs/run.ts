import * as fc from 'fast-check';
import { isCli, surfaceSchema } from '../../domain/surface.ts';
import { predictRun } from '../../model/predict/creation.ts';
import { ofCreation } from '../../model/situation.ts';
import { weighted } from '../balance.ts';
import { discovered, made, startNew } from '../create-calls.ts';
import {
  creationCandidates,
  likelyCreation,
  nothing,
  onceThere,
  simplerCreation,
  varied,
} from '../creation.ts';
import { defineVerb } from '../define.ts';
import { newBox, terminal } from '../fields.ts';
import { without } from '../shrink.ts';
import { mains, mainWeight } from '../values.ts';
import type { StepWith } from '../verb.ts';

/** Of an SDK in local mode the two calls are two steps: who its boxes go with is told by `create` alone. */
const via = surfaceSchema.exclude(['local-sdk']);

const runShape = { ...newBox, via, terminal };
type RunStep = StepWith<'run', typeof runShape>;

/** A terminal hangs up when its client has gone, which is nothing to a box that is detached. */
const maybeOnTerminal = (step: RunStep): fc.Arbitrary<RunStep> =>
  isCli(step.via)
    ? weighted([
        [step, 3],
        [{ ...step, terminal: { rows: 24, cols: 80 } }, 1],
      ] as const)
    : fc.constant(step);

/** run -d; over REST: create and start. */
export const run = defineVerb({
  op: 'run',
  shape: runShape,
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
    options: 8,
    refusals: 8,
    recovery: 8,
    lifecycle: 8,
    usage: 8,
    copies: 8,
    snapshots: 9,
    ports: 14,
    network: 10,
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
  vary: (step, world) => varied(step, world).chain(maybeOnTerminal),
  likely: (step, world) => likelyCreation(step, world, mainWeight),
  calls: (step) => [
    made(step, ['run', '-d']),
    ...(isCli(step.via) ? [] : [startNew(step.via)]),
    discovered(step),
  ],
  shrink: function* (step) {
    yield* without(step, 'terminal');
    yield* simplerCreation(step);
  },
  merge: ({ terminal: _, ...step }, { effect }) => {
    if (effect === 'settles' && step.main) return { ...step, op: 'foreground', main: step.main };
    if (effect === 'removes') return onceThere(step);
    if (effect !== 'stops') return null;
    // A run that is stopped leaves what a run that ended by itself leaves: a box with a past. A sandbox at rest may as
    // well have none.
    return step.main ? { ...step, op: 'foreground', main: nothing } : { ...step, op: 'create' };
  },
});
