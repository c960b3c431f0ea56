import * as fc from 'fast-check';
import { z } from 'zod';
import { data } from '../../domain/fill.ts';
import { isCli, plainSchema } from '../../domain/surface.ts';
import { type Work, workSchema } from '../../domain/work.ts';
import { predictForeground } from '../../model/predict/creation.ts';
import { ofCreation } from '../../model/situation.ts';
import { weighted } from '../balance.ts';
import { discovered } from '../create-calls.ts';
import { creationCandidates, likelyCreation, simplerCreation, varied } from '../creation.ts';
import { defineVerb } from '../define.ts';
import { newBox, terminal, tty } from '../fields.ts';
import { feeds } from '../fills.ts';
import { foregroundByCli, foregroundByRest } from '../foreground-calls.ts';
import { simplerInput, without } from '../shrink.ts';
import { onTerminals, simplerTerminal } from '../terminals.ts';
import { finite, finiteWeight, impossible, showing } from '../values.ts';
import type { StepWith } from '../verb.ts';

const foregroundShape = {
  ...newBox,
  via: plainSchema,
  main: workSchema,
  stdin: data.optional(),
  rm: z.boolean().optional(),
  tty,
  terminal,
};
type ForegroundStep = StepWith<'foreground', typeof foregroundShape>;

/** What shows a volume in the very step that asks for it. */
const looks: Work[] = [
  { do: 'mounts' },
  { do: 'write', path: '/mnt/a/g', data: 'written by init\n' },
  { do: 'read', path: '/mnt/a/marker' },
];

/** Mostly those that write. */
const foregroundMains: Work[] = [...finite, ...showing, { do: 'cat' }, ...looks, ...impossible];

/** Whether nothing is asked for but the first command. */
const isBare = ({ op: _op, via: _via, as: _as, main, ...asked }: ForegroundStep): boolean =>
  main === foregroundMains[0] && Object.keys(asked).length === 0;

/** Much can happen to what a command that reads is fed. */
const oftener: Partial<Record<Work['do'], number>> = { cat: 4, mounts: 2, write: 4 };
const foregroundWeight = (main: Work | undefined): number => (main && oftener[main.do]) ?? finiteWeight(main);

/** Foreground run; over REST: create with detach false, attach the main session, start, read to the end. */
export const foreground = defineVerb({
  op: 'foreground',
  shape: foregroundShape,
  makes: 'box',
  effect: 'boots',
  toTheEnd: true,
  weight: 5,
  themes: {
    outputs: 8,
    volumes: 12,
    ends: 22,
    options: 14,
    refusals: 5,
    lifecycle: 5,
    usage: 2,
    ports: 2,
    network: 5,
  },
  refusals: 6,
  contract: { cli: ['2.2', '3.2'], rest: ['5.5', '3.3'] },
  predict: predictForeground,
  situation: ofCreation,
  candidates: (world, context) => {
    const mains = { mains: foregroundMains, mounting: looks };
    return creationCandidates<ForegroundStep>('foreground', world, context, mains).flatMap((step) =>
      isBare(step) && isCli(step.via)
        ? [
            step,
            ...onTerminals.map(({ work, ...asked }): ForegroundStep => ({ ...step, ...asked, main: work })),
          ]
        : [step],
    );
  },
  vary: (step, world) => (step.tty ? fc.constant(step) : varied(step, world).chain(withDetails)),
  // Only REST takes a whole command as entrypoint, which is what the words of a command show.
  likely: (step, world) =>
    (step.via === 'rest' && step.main.do === 'args' ? 8 : 1) *
    likelyCreation(step, world, foregroundWeight, foregroundWeight),
  calls: (step) => [
    ...(step.via === 'rest' ? foregroundByRest(step) : [foregroundByCli(step, step.via)]),
    // A box that --rm should have taken away is looked for where looking is cheap.
    ...(step.rm && step.via === 'cli' ? [] : [discovered(step)]),
  ],
  shrink: function* (step) {
    yield* simplerTerminal(step, 'main');
    yield* without(step, 'stdin', 'rm');
    yield* simplerInput(step);
    yield* simplerCreation(step, true);
  },
  merge: (step, { effect, step: later }) => {
    if (effect === 'removes' && step.via !== 'rest') return { ...step, rm: true };
    if (effect !== 'boots' || 'as' in later) return null;
    const { rm, stdin, tty, terminal, ...made } = step;
    return { ...made, op: 'run' };
  },
});

/**
 * --rm exists on the CLI only, and asks for more than a plain run does; what is fed matters only to a command that
 * reads.
 */
function withDetails(step: ForegroundStep): fc.Arbitrary<ForegroundStep> {
  const rm =
    step.via === 'rest' || step.autoStopS !== undefined || step.autoDeleteS !== undefined
      ? fc.constant(undefined)
      : weighted([
          [undefined, 1],
          [true, 4],
        ] as const);
  const stdin = step.main.do === 'cat' ? feeds : fc.constant(undefined);
  return fc.record({ rm, stdin }).map((extra) => {
    const given = Object.fromEntries(Object.entries(extra).filter(([, value]) => value !== undefined));
    return { ...step, ...given };
  });
}
