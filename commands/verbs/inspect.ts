import type { Observation } from '../../domain/observation.ts';
import type { By, StepOf, Surface } from '../../program/step.ts';
import { callCli, callRest } from '../call.ts';
import { defineVerb } from '../define.ts';
import { eachBox, spelled, surfaces } from '../pick.ts';
import { plainer } from '../shrink.ts';
import { boxPath, spell } from '../spell.ts';
import type { StepContext } from '../step-context.ts';

/** One box as a surface shows it. */
export function look(
  stepContext: StepContext,
  step: { via: Surface; on: string; by?: By | undefined },
  deadlineMs: number,
): Promise<Observation> {
  if (step.via === 'rest')
    return callRest(
      stepContext,
      { method: 'GET', path: boxPath(stepContext, step.on, step.by) },
      'box',
      deadlineMs,
    );
  return callCli(stepContext, step.via, ['inspect', spell(stepContext, step.on, step.by, step.via)], {
    expecting: 'inspect',
    deadlineMs,
  });
}

/** inspect, GET box. */
export const inspect = defineVerb<'inspect'>({
  op: 'inspect',
  candidates: (world, context) =>
    eachBox(
      world,
      surfaces(context, 'cli', 'url', 'rest'),
      (via, on): StepOf<'inspect'> => ({ op: 'inspect', via, on }),
    ),
  vary: spelled,
  perform: (step, stepContext, deadlineMs) => look(stepContext, step, deadlineMs),
  shrink: plainer,
});
