import type { Call } from '../../commands/calls.ts';
import { enter } from '../../commands/cast.ts';
import { verbs } from '../../commands/index.ts';
import type { Observation } from '../../domain/observation.ts';
import type { Step } from '../../program/step.ts';
import { discover } from './discover.ts';
import { type Performing, performOne } from './one.ts';
import type { StepContext } from './step-context.ts';

/**
 * Does a step on the real thing: its calls one after the other, each only when the one before it succeeded.
 * @param deadlineMs for each call, already scaled to the target
 * @returns the last answer
 */
export async function perform(step: Step, context: StepContext, deadlineMs: number): Promise<Observation> {
  const calls = verbs[step.op].calls(step);
  const now: Performing = { context, deadlineMs, told: undefined, own: undefined };
  const seen = await performAll(now, calls);
  for (const call of calls)
    if (call.call === 'discover') await discover(context, call.as, call.via, deadlineMs);
  remember(context, step);
  return seen.is === 'done' && now.told !== undefined ? { ...seen, id: now.told } : seen;
}

async function performAll(now: Performing, calls: readonly Call[]): Promise<Observation> {
  let seen: Observation = { is: 'done' };
  for (const call of calls) {
    if (call.call === 'discover') continue;
    seen = await performOne(now, call);
    if (seen.is !== 'done' && seen.is !== 'attached') return seen;
    if (seen.is === 'done' && seen.id !== undefined) told(now, call, seen.id);
  }
  return seen;
}

function told(now: Performing, call: Call, id: string): void {
  now.told = id;
  if (!('as' in call) || call.as === undefined) return;
  const ids = call.as.startsWith('box') ? now.context.boxIds : now.context.execIds;
  ids.set(call.as, id);
}

/** Enters what the step has made; a box that never came to be has no name, and one whose name is another's now none. */
function remember({ cast, boxIds, execIds }: StepContext, step: Step): void {
  if (!('as' in step) || (step.as.startsWith('exec') && !execIds.has(step.as))) return;
  enter(cast, step);
  const made = cast.boxes.get(step.as);
  if (!made) return;
  const isMade = boxIds.has(step.as);
  for (const [handle, { home, name }] of cast.boxes) {
    const isItself = handle === step.as;
    const loses = isItself ? !isMade : isMade && home === made.home && name === made.name;
    if (loses) cast.boxes.set(handle, { home, name: undefined });
  }
}
