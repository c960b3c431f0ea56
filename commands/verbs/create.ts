import { invalidBodies } from '../../domain/invalid-body.ts';
import { predictCreate } from '../../model/predict/creation.ts';
import { ofCreation } from '../../model/situation.ts';
import { createByCli, createByRest, discovered } from '../create-calls.ts';
import { creationCandidates, likelyCreation, maybeNamed, onceThere, simplerCreation } from '../creation.ts';
import { defineVerb } from '../define.ts';
import { keyOf, newBox } from '../fields.ts';
import { without } from '../shrink.ts';
import { mains, mainWeight } from '../values.ts';
import { bootsAtRest, type StepWith } from '../verb.ts';

const shape = {
  ...newBox,
  /** REST only: a body that is refused. */
  flaw: keyOf(invalidBodies).optional(),
};
type CreateStep = StepWith<'create', typeof shape>;

/** The CLI creates sandboxes only, so everything that is tried there needs one (contract 2.3). */
const kept = [undefined, ...mains.filter((main) => main !== undefined)];

/** create, POST boxes: a record, nothing booted. */
export const create = defineVerb({
  op: 'create',
  shape,
  makes: 'box',
  effect: 'creates',
  weight: 4,
  themes: { memory: 1, 'main session': 4, files: 6, volumes: 3, refusals: 4, recovery: 4, lifecycle: 4 },
  refusals: 15,
  contract: { cli: ['2.3', '6.2'], rest: ['4.4'] },
  predict: predictCreate,
  situation: ofCreation,
  candidates: (world, context) => {
    const mains = { mains: kept, mounting: [undefined] };
    const made = creationCandidates<CreateStep>('create', world, context, mains);
    const plain = made.find(({ via }) => via === 'rest');
    if (!plain) return made;
    const { as } = plain;
    const flaws = shape.flaw.unwrap().options;
    return [...made, ...flaws.map((flaw): CreateStep => ({ op: 'create', via: 'rest', as, flaw }))];
  },
  vary: maybeNamed,
  likely: (step) => {
    // A key that nobody knows is what clients of another version send.
    if (step.flaw) return step.flaw === 'unknown-key' ? 5 : 1;
    return likelyCreation(step, (main) => (main ? mainWeight(main) : 4));
  },
  calls: (step) => [
    step.via === 'rest'
      ? createByRest(step, step.flaw ? invalidBodies[step.flaw] : {})
      : createByCli(step, step.via, ['create']),
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
