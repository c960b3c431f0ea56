import { type InvalidBody, invalidBodies } from '../../domain/invalid-body.ts';
import { nextHandle } from '../../model/handles.ts';
import type { StepOf } from '../../program/step.ts';
import { callCli, callRest } from '../call.ts';
import { createArgs, createBody } from '../create-args.ts';
import { creationCandidates, maybeNamed, simplerCreation } from '../creation.ts';
import { defineVerb } from '../define.ts';
import { discover } from '../discover.ts';
import { without } from '../shrink.ts';
import { mains } from '../values.ts';

/** The CLI creates sandboxes only, so everything that is tried there needs one (contract 2.3). */
const kept = [undefined, ...mains];

/** A key that nobody knows is what clients of another version send. */
const often: InvalidBody[] = [
  ...(Object.keys(invalidBodies) as InvalidBody[]),
  ...Array<InvalidBody>(4).fill('unknown-key'),
];

/** create, POST boxes: a record, nothing booted. */
export const create = defineVerb<'create'>({
  op: 'create',
  candidates: (world, context) => {
    const as = nextHandle(world, 'box');
    const made = creationCandidates(
      world,
      context,
      { mains: kept, mounting: [undefined] },
      (via, { main, ...extra }): StepOf<'create'> => ({
        op: 'create',
        via,
        as,
        ...(main ? { main } : {}),
        ...extra,
      }),
    );
    const flawed = often.map((flaw): StepOf<'create'> => ({ op: 'create', via: 'rest', as, flaw }));
    return made.some(({ via }) => via === 'rest') ? [...made, ...flawed] : made;
  },
  vary: maybeNamed,
  perform: async (step, stepContext, deadlineMs) => {
    const request = async () => ({
      method: 'POST',
      path: '/v1/boxes',
      json: await createBody(step, stepContext),
    });
    const seen =
      step.via === 'rest'
        ? await callRest(stepContext, await request(), 'created', deadlineMs)
        : await callCli(stepContext, step.via, ['create', ...(await createArgs(step, stepContext))], {
            expecting: 'id',
            deadlineMs,
          });
    if (seen.is === 'done' && seen.id) stepContext.boxIds.set(step.as, seen.id);
    else await discover(stepContext, step.as, step.via, deadlineMs);
    return seen;
  },
  shrink: function* (step) {
    yield* without(step, 'flaw');
    yield* simplerCreation(step);
  },
});
