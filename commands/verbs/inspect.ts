import type { Observation } from '../../domain/observation.ts';
import type { By, Surface } from '../../domain/surface.ts';
import { predictInspect } from '../../model/predict/views.ts';
import { ofBox } from '../../model/situation.ts';
import { callCli, callRest } from '../call.ts';
import { defineVerb } from '../define.ts';
import { by, oneBox } from '../fields.ts';
import { eachBox, spelled, surfaces } from '../pick.ts';
import { plainer } from '../shrink.ts';
import { boxPath, spell } from '../spell.ts';
import type { StepContext } from '../step-context.ts';
import type { StepWith } from '../verb.ts';

const shape = { ...oneBox, by };
type InspectStep = StepWith<'inspect', typeof shape>;

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
export const inspect = defineVerb({
  op: 'inspect',
  shape,
  predict: predictInspect,
  situation: ofBox,
  candidates: (world, context) =>
    eachBox(
      world,
      surfaces(context, 'cli', 'url', 'rest'),
      (via, on): InspectStep => ({ op: 'inspect', via, on }),
    ),
  vary: spelled,
  perform: (step, stepContext, deadlineMs) => look(stepContext, step, deadlineMs),
  shrink: plainer,
});
