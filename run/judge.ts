import { realName } from '../commands/spell.ts';
import type { Hands } from '../commands/step-context.ts';
import type { Seen } from '../domain/observation.ts';
import { differences, type MatchContext } from '../model/match.ts';
import type { Step, Surface } from '../program/step.ts';
import type { Judge } from './attempt.ts';

const surfaceOf = (step: Step): Surface => ('via' in step ? step.via : 'rest');

/** Boxes somebody else has on a shared runtime are none of the program's business. */
const withoutForeign = (seen: Seen, hands: Hands): Seen =>
  seen.is === 'boxes' ? { ...seen, boxes: seen.boxes.filter(({ id }) => !hands.foreign.has(id)) } : seen;

/** The judge of one step: its prediction against what was seen, with the real ids behind the handles. */
export function judgeOf(step: Step, hands: Hands): Judge {
  const context: MatchContext = {
    via: surfaceOf(step),
    idOf: (handle) => hands.boxIds.get(handle),
    realName: (name) => realName(hands, name),
  };
  return (prediction, answer) => {
    const seen = withoutForeign(answer, hands);
    let nearest: string[] | null = null;
    for (const outcome of prediction.outcomes) {
      const found = differences(outcome.expect, seen, context);
      if (found.length === 0) return { outcome, differences: [] };
      if (!nearest || found.length < nearest.length) nearest = found;
    }
    return { outcome: null, differences: nearest ?? [] };
  };
}
