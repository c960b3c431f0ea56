import { isDeepStrictEqual } from 'node:util';
import type { Failure } from '../../program/failure.ts';
import type { Event, History } from '../../program/history.ts';
import { oracles } from '../../program/oracles.ts';
import type { Program } from '../../program/program.ts';
import type { Step } from '../../program/step.ts';
import { checkAny } from './check.ts';
import type { Check } from './check-bytes.ts';

/** What a script ends with: a step whose answer is judged, or an invariant looked at after all steps. */
export type Ending =
  | { is: 'step'; index: number; step: Step; event: Event | undefined; check: Check }
  /** A look that boxcheck took by itself after step `index`. */
  | { is: 'look'; index: number; step: Step; event: Event; check: Check }
  | { is: 'invariant'; name: string; helper: string }
  | { is: 'nothing' };

/** How the failure of a program is shown by a script. */
export function endingOf(program: Program, failure: Failure, { events }: Pick<History, 'events'>): Ending {
  const invariant = failure.kind === 'oracle' ? oracles[failure.oracle].afterRemoval : undefined;
  if (invariant) return { is: 'invariant', name: failure.kind, helper: invariant };
  const event =
    failure.kind === 'stale-mark' ? eventOf(events, program, failure.at) : events.findLast(unmatched);
  const step = program.steps[failure.at];
  const check = checkOf(failure, event);
  if (event && !isDeepStrictEqual(event.step, step))
    return { is: 'look', index: failure.at, step: event.step, event, check };
  return step ? { is: 'step', index: failure.at, step, event, check } : { is: 'nothing' };
}

/** The event of a step of the program; looks that boxcheck took by itself carry the same index. */
export const eventOf = (events: readonly Event[], { steps }: Program, index: number): Event | undefined =>
  events.find((event) => event.index === index && isDeepStrictEqual(event.step, steps[index]));

const unmatched = (event: Event): boolean => event.matched === null;

const always: Check = { prepare: [], condition: ':' };

/** The answer is fine when this holds; the failure is reproduced when it does not. */
function checkOf(failure: Failure, event: Event | undefined): Check {
  if (failure.kind === 'oracle' && failure.oracle === 'broken-answer')
    return { prepare: [], condition: '! broken' };
  const allowed = failure.kind === 'unexpected' ? failure.allowed : event?.allowed;
  const check = allowed ? checkAny(allowed, 'reported') : always;
  // A mark is stale when the contract's own answer comes.
  return failure.kind === 'stale-mark' ? { ...check, condition: `! { ${check.condition}; }` } : check;
}
