import type { Observation } from '../../domain/observation.ts';
import { nextHandle } from '../../model/handles.ts';
import { predictRun } from '../../model/predict/creation.ts';
import { ofCreation } from '../../model/situation.ts';
import { callCli, callRest } from '../call.ts';
import { createArgs, createBody } from '../create-args.ts';
import { creationCandidates, maybeNamed, simplerCreation } from '../creation.ts';
import { defineVerb } from '../define.ts';
import { discover } from '../discover.ts';
import { newBox } from '../fields.ts';
import { boxPath } from '../spell.ts';
import type { StepContext } from '../step-context.ts';
import { mains } from '../values.ts';
import type { StepWith } from '../verb.ts';

const shape = newBox;
type RunStep = StepWith<'run', typeof shape>;

/** run -d; over REST: create and start. */
export const run = defineVerb({
  op: 'run',
  shape,
  makes: 'box',
  predict: predictRun,
  situation: ofCreation,
  candidates: (world, context) =>
    creationCandidates(
      world,
      context,
      { mains, mounting: [undefined, ...mains.slice(0, 1)] },
      (via, { main, ...extra }): RunStep => {
        const as = nextHandle(world, 'box');
        return { op: 'run', via, as, ...(main ? { main } : {}), ...extra };
      },
    ),
  vary: maybeNamed,
  perform: async (step, stepContext, deadlineMs) => {
    const seen = await (step.via === 'rest'
      ? overRest(step, stepContext, deadlineMs)
      : overCli(step, step.via, stepContext, deadlineMs));
    if (seen.is === 'done' && seen.id) stepContext.boxIds.set(step.as, seen.id);
    else await discover(stepContext, step.as, step.via, deadlineMs);
    return seen;
  },
  shrink: (step) => simplerCreation(step),
});

const overCli = async (
  step: RunStep,
  via: 'cli' | 'url',
  stepContext: StepContext,
  deadlineMs: number,
): Promise<Observation> =>
  callCli(stepContext, via, ['run', '-d', ...(await createArgs(step, stepContext))], {
    expecting: 'id',
    deadlineMs,
  });

async function overRest(step: RunStep, stepContext: StepContext, deadlineMs: number): Promise<Observation> {
  const json = await createBody(step, stepContext);
  const made = await callRest(
    stepContext,
    { method: 'POST', path: '/v1/boxes', json },
    'created',
    deadlineMs,
  );
  if (made.is !== 'done' || !made.id) return made;
  stepContext.boxIds.set(step.as, made.id);
  const path = `${boxPath(stepContext, step.as)}/start`;
  const started = await callRest(stepContext, { method: 'POST', path }, 'acted', deadlineMs);
  return started.is === 'done' ? { ...started, id: made.id } : started;
}
