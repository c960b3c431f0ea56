import type { Observation } from '../domain/observation.ts';
import type { Expect } from '../model/expect.ts';
import { differences, type MatchContext } from '../model/match.ts';
import { surfaceOf } from '../model/refers.ts';
import type { Step } from '../program/step.ts';
import { realName } from './perform/spell.ts';
import type { StepContext } from './perform/step-context.ts';

/** Boxes somebody else has on a shared runtime are none of the program's business. */
const withoutPreexisting = (seen: Observation, stepContext: StepContext): Observation =>
  seen.is === 'boxes'
    ? { ...seen, boxes: seen.boxes.filter(({ id }) => !stepContext.preexisting.has(id)) }
    : seen;

/** What does not fit between an expectation and an answer, one phrase each. */
export type Differences = (expect: Expect, seen: Observation) => string[];

/** Holds answers to one step against what is expected of it, with the real ids behind the handles. */
export function differencesOf(step: Step, stepContext: StepContext): Differences {
  const context: MatchContext = {
    via: surfaceOf(step),
    idOf: (handle) => stepContext.boxIds.get(handle),
    realName: (name) => realName(stepContext, name),
  };
  return (expect, seen) => differences(expect, withoutPreexisting(seen, stepContext), context);
}
