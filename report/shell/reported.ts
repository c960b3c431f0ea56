import { isDeepStrictEqual } from 'node:util';
import { type Failure, isAfterRemoval } from '../../program/failure.ts';
import type { Event, History } from '../../program/history.ts';
import { oracles } from '../../program/oracles.ts';
import type { Program } from '../../program/program.ts';
import type { Step } from '../../program/step.ts';
import { type Check, checkAny } from './check.ts';
import { type Left, leftIn } from './left.ts';

/** What a script ends with: a step whose answer is judged, or an invariant looked at after all steps. */
export type Ending =
  | { is: 'step'; index: number; step: Step; event: Event | undefined; check: Check }
  /** A look that boxcheck took by itself after step `index`. */
  | { is: 'look'; index: number; step: Step; event: Event; check: Check }
  | ({ is: 'invariant'; name: string; helper: string } & Left)
  | { is: 'nothing' };

/** How the failure of a program is shown by a script. */
export function endingOf(program: Program, failure: Failure, { events }: Pick<History, 'events'>): Ending {
  const invariant = isAfterRemoval(failure) ? oracles[failure.oracle].afterRemoval : undefined;
  if (isAfterRemoval(failure) && invariant)
    return { is: 'invariant', name: failure.kind, helper: invariant, ...leftIn(failure) };
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
  if (failure.kind === 'oracle' && failure.oracle === 'broken-answer') {
    const died = failure.seen?.is === 'broken' && failure.seen.how === 'signal';
    return { prepare: [], condition: died ? '! is broken && ! signalled' : '! is broken' };
  }
  const allowed = failure.kind === 'unexpected' ? failure.allowed : event?.allowed;
  const check = allowed ? checkAny(allowed, 'reported') : always;
  // A mark is stale when the contract's own answer comes.
  return failure.kind === 'stale-mark' ? { ...check, condition: `! { ${check.condition}; }` } : check;
}

/** Seconds for which the judged step is looked at again, at most `waitS`: as long as boxcheck did. */
export function lookedS({ seen, runtimeMs }: Event, waitS: number): number {
  // Nothing comes after the end of a stream, but before it there may have been more time.
  if (seen.is === 'stream' && seen.closed) return waitS;
  return Math.min(waitS, Math.ceil(runtimeMs / 1000));
}

/** Seconds the judged answer may take, where it was one that did not come. */
export function hangS({ seen, runtimeMs }: Event): number | null {
  if (seen.is !== 'broken' || seen.how !== 'hang') return null;
  return Math.max(1, Math.round(runtimeMs / 1000));
}
