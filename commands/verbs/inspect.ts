import type { Seen } from '../../domain/observation.ts';
import type { By, StepOf, Surface } from '../../program/step.ts';
import { callCli, callRest } from '../call.ts';
import { defineVerb } from '../define.ts';
import { eachBox, spelled, surfaces } from '../pick.ts';
import { plainer } from '../shrink.ts';
import { boxPath, spell } from '../spell.ts';
import type { Hands } from '../step-context.ts';

/** One box as a surface shows it. */
export function look(
  hands: Hands,
  step: { via: Surface; on: string; by?: By | undefined },
  deadlineMs: number,
): Promise<Seen> {
  if (step.via === 'rest')
    return callRest(hands, { method: 'GET', path: boxPath(hands, step.on, step.by) }, 'box', deadlineMs);
  return callCli(hands, step.via, ['inspect', spell(hands, step.on, step.by, step.via)], {
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
  perform: (step, hands, deadlineMs) => look(hands, step, deadlineMs),
  shrink: plainer,
});
