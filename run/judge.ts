import type { Observation } from '../domain/observation.ts';
import { differences, type MatchContext } from '../model/match.ts';
import type { Step, Surface } from '../program/step.ts';
import type { Judge } from './attempt.ts';
import { realName } from './perform/spell.ts';
import type { StepContext } from './perform/step-context.ts';

const surfaceOf = (step: Step): Surface => ('via' in step ? step.via : 'rest');

/** Boxes somebody else has on a shared runtime are none of the program's business. */
const withoutPreexisting = (seen: Observation, stepContext: StepContext): Observation =>
  seen.is === 'boxes'
    ? { ...seen, boxes: seen.boxes.filter(({ id }) => !stepContext.preexisting.has(id)) }
    : seen;

/** The judge of one step: its prediction against what was seen, with the real ids behind the handles. */
export function judgeOf(step: Step, stepContext: StepContext): Judge {
  const context: MatchContext = {
    via: surfaceOf(step),
    idOf: (handle) => stepContext.boxIds.get(handle),
    realName: (name) => realName(stepContext, name),
  };
  return (prediction, answer) => {
    const seen = withoutPreexisting(answer, stepContext);
    let nearest: string[] | null = null;
    for (const outcome of prediction.outcomes) {
      const found = differences(outcome.expect, seen, context);
      if (found.length === 0) return { outcome, differences: [] };
      if (!nearest || found.length < nearest.length) nearest = found;
    }
    return { outcome: null, differences: nearest ?? [] };
  };
}
