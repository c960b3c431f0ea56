import * as fc from 'fast-check';
import { z } from 'zod';
import { data, expanded } from '../../domain/fill.ts';
import { type InvalidBody, invalidBodies } from '../../domain/invalid-body.ts';
import { isCli, plainSchema } from '../../domain/surface.ts';
import { type Work, workSchema } from '../../domain/work.ts';
import { isCreatable } from '../../model/creation-options.ts';
import { predictCreate, predictForeground, predictRun } from '../../model/predict/creation.ts';
import { ofCreation } from '../../model/situation.ts';
import { weighted } from '../balance.ts';
import { type Call, cli, type RestCall } from '../calls.ts';
import { createByRest, createWords, discovered, fed, made, startNew } from '../create-calls.ts';
import {
  creationCandidates,
  likelyCreation,
  nothing,
  onceThere,
  simplerCreation,
  varied,
} from '../creation.ts';
import { defineVerb } from '../define.ts';
import { keyOf, newBox } from '../fields.ts';
import { feeds } from '../fills.ts';
import { simplerInput, without } from '../shrink.ts';
import { finite, finiteWeight, impossible, mains, mainWeight, showing } from '../values.ts';
import { bootsAtRest, type StepWith } from '../verb.ts';

type RunStep = StepWith<'run', typeof newBox>;

/** run -d; over REST: create and start. */
export const run = defineVerb({
  op: 'run',
  shape: newBox,
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
  vary: varied,
  likely: (step) => likelyCreation(step, mainWeight),
  calls: (step) => [
    made(step, ['run', '-d']),
    ...(isCli(step.via) ? [] : [startNew(step.via)]),
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

const createShape = {
  ...newBox,
  /** REST only: a body that is refused. */
  flaw: keyOf(invalidBodies).optional(),
};
type CreateStep = StepWith<'create', typeof createShape>;

/** Flaws are many, and each is read by other code: a key that is not known by code of its own. */
const FLAW = 36;
const flawWeights: Partial<Record<InvalidBody, number>> = { 'unknown-key': 400, 'another-type': 81 };

/** The CLI creates sandboxes only, so everything that is tried there needs one (contract 2.3). */
const kept = [undefined, ...mains.filter((main) => main !== undefined)];

/** create, POST boxes: a record, nothing booted. */
export const create = defineVerb({
  op: 'create',
  shape: createShape,
  makes: 'box',
  effect: 'creates',
  weight: 4,
  themes: {
    memory: 1,
    'main session': 4,
    files: 6,
    volumes: 3,
    options: 4,
    refusals: 4,
    recovery: 4,
    lifecycle: 4,
    usage: 3,
    copies: 3,
  },
  refusals: 15,
  contract: { cli: ['2.3', '6.2'], rest: ['4.4'] },
  predict: predictCreate,
  situation: ofCreation,
  candidates: (world, context) => {
    const mains = { mains: kept, mounting: [undefined] };
    const usual = creationCandidates<CreateStep>('create', world, context, mains);
    const plain = usual.find(({ via }) => via === 'rest');
    if (!plain) return usual;
    const { as } = plain;
    const flaws = createShape.flaw.unwrap().options;
    return [...usual, ...flaws.map((flaw): CreateStep => ({ op: 'create', via: 'rest', as, flaw }))];
  },
  vary: (step, world) => varied(step, world, isCreatable),
  likely: (step) => {
    if (step.flaw) return flawWeights[step.flaw] ?? FLAW;
    return likelyCreation(step, (main) => (main ? mainWeight(main) : 4));
  },
  calls: (step) => [
    step.via === 'rest' ? flawed(createByRest(step), step.flaw) : made(step, ['create']),
    discovered(step),
  ],
  shrink: function* (step) {
    yield* without(step, 'flaw');
    yield* simplerCreation(step);
  },
  merge: (step, { effect }) => {
    // Nothing was made, and no other verb has this field.
    if (step.flaw) return null;
    if (effect === 'removes') return onceThere(step);
    return bootsAtRest(effect) || effect === 'primes' ? { ...step, op: 'run' } : null;
  },
});

/** The request with a body that is refused. */
function flawed({ json, image, ...request }: RestCall, flaw: InvalidBody | undefined): RestCall {
  if (!flaw) return { ...request, ...(json && { json }), ...(image && { image }) };
  const wrong = invalidBodies[flaw];
  return 'keys' in wrong
    ? { ...request, image: true, json: { ...json, ...wrong.keys } }
    : { ...request, ...wrong };
}

const foregroundShape = {
  ...newBox,
  via: plainSchema,
  main: workSchema,
  stdin: data.optional(),
  rm: z.boolean().optional(),
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

/** Much can happen to what a command that reads is fed. */
const foregroundWeight = (main: Work | undefined): number =>
  (({ cat: 4, mounts: 2, write: 4 }) as Record<string, number>)[main?.do ?? ''] ?? finiteWeight(main);

/** Foreground run; over REST: create with detach false, attach the main session, start, read to the end. */
export const foreground = defineVerb({
  op: 'foreground',
  shape: foregroundShape,
  makes: 'box',
  effect: 'boots',
  toTheEnd: true,
  weight: 5,
  themes: { outputs: 8, volumes: 12, ends: 22, options: 14, refusals: 5, lifecycle: 5, usage: 2 },
  refusals: 6,
  contract: { cli: ['2.2', '3.2'], rest: ['5.5', '3.3'] },
  predict: predictForeground,
  situation: ofCreation,
  candidates: (world, context) =>
    creationCandidates<ForegroundStep>('foreground', world, context, {
      mains: foregroundMains,
      mounting: looks,
    }),
  vary: (step, world) => varied(step, world).chain(withDetails),
  // Only REST takes a whole command as entrypoint, which is what the words of a command show.
  likely: (step) =>
    (step.via === 'rest' && step.main.do === 'args' ? 3 : 1) *
    likelyCreation(step, foregroundWeight, foregroundWeight),
  calls: (step) => [
    ...(step.via === 'rest' ? foregroundByRest(step) : [foregroundByCli(step, step.via)]),
    // A box that --rm should have taken away is looked for where looking is cheap.
    ...(step.rm && step.via === 'cli' ? [] : [discovered(step)]),
  ],
  shrink: function* (step) {
    yield* without(step, 'stdin', 'rm');
    yield* simplerInput(step);
    yield* simplerCreation(step, true);
  },
  merge: (step, { effect, step: later }) => {
    if (effect === 'removes' && step.via !== 'rest') return { ...step, rm: true };
    if (effect !== 'boots' || 'as' in later) return null;
    const { rm, stdin, ...made } = step;
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

const foregroundByCli = (step: ForegroundStep, via: 'cli' | 'url'): Call => {
  const flags = [...(step.rm ? ['--rm'] : []), ...(step.stdin === undefined ? [] : ['-i'])];
  return cli(via, ['run', ...flags, ...createWords(step)], 'ended', {
    stdin: step.stdin && expanded(step.stdin),
  });
};

/** Attach first, then start: how output is had from its first byte (contract 5.5). */
const foregroundByRest = (step: ForegroundStep): Call[] => [
  createByRest(step, { detach: false }),
  { call: 'open', path: ['/boxes/', { $: 'told' }, '/attach'] },
  startNew('rest'),
  fed(step.stdin),
  { call: 'follow' },
];
