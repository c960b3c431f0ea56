import { z } from 'zod';
import { type InvalidBody, invalidBodies } from '../../domain/invalid-body.ts';
import { isCreatable } from '../../model/creation-options.ts';
import { predictCreate } from '../../model/predict/creation.ts';
import { ofCreation } from '../../model/situation.ts';
import type { RestCall } from '../calls.ts';
import { createByRest, discovered, made } from '../create-calls.ts';
import { creationCandidates, likelyCreation, onceThere, simplerCreation, varied } from '../creation.ts';
import { defineVerb } from '../define.ts';
import { keyOf, newBox } from '../fields.ts';
import { without } from '../shrink.ts';
import { mains, mainWeight } from '../values.ts';
import { bootsAtRest, type StepWith } from '../verb.ts';

const createShape = {
  ...newBox,
  /** REST only: a body that is refused. */
  flaw: keyOf(invalidBodies).optional(),
  /** An SDK in local mode only: the box outlives who made it. */
  detach: z.literal(true).optional(),
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
    ports: 3,
    network: 2,
  },
  refusals: 15,
  contract: { cli: ['2.3', '6.2'], rest: ['4.4'] },
  predict: predictCreate,
  situation: ofCreation,
  candidates: (world, context) => {
    const mains = { mains: kept, mounting: [undefined], local: true } as const;
    const usual = creationCandidates<CreateStep>('create', world, context, mains);
    const plain = usual.find(({ via }) => via === 'rest');
    if (!plain) return usual;
    const { as } = plain;
    const flaws = createShape.flaw.unwrap().options;
    return [...usual, ...flaws.map((flaw): CreateStep => ({ op: 'create', via: 'rest', as, flaw }))];
  },
  vary: (step, world) => varied(step, world, isCreatable),
  likely: (step, world) => {
    if (step.flaw) return flawWeights[step.flaw] ?? FLAW;
    return likelyCreation(step, world, (main) => (main ? mainWeight(main) : 4));
  },
  calls: (step) => [
    step.via === 'rest' ? flawed(createByRest(step), step.flaw) : made(step, ['create']),
    discovered(step),
  ],
  shrink: function* (step) {
    yield* without(step, 'flaw', 'detach');
    yield* simplerCreation(step);
  },
  merge: (step, { effect }) => {
    // Nothing was made, and no other verb has this field.
    if (step.flaw || step.via === 'local-sdk') return null;
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
