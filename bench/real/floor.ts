import { type History, ownEvents } from '../../program/history.ts';
import { perform } from '../../run/perform/perform.ts';
import { makeStepContext, type StepContext } from '../../run/perform/step-context.ts';
import type { Target } from '../../runtime/ports/target.ts';

/** Time for what is quicker on one day than on another, beside what the answer took in the run. */
const SLACK_MS = 2_000;
const REMOVE_MS = 60_000;

/**
 * Makes the calls of a run again, one after the other, and removes the boxes: no look beside, no prediction, no
 * baseline. That is what the runtime itself needs for them. What hung in the run is given as long as it was then.
 * @returns milliseconds
 */
export async function replayCalls(target: Target, history: History, signal: AbortSignal): Promise<number> {
  const session = await target.session('floor');
  try {
    const context = makeStepContext(session, new Set(), '', signal);
    const beganMs = performance.now();
    for (const { step, runtimeMs } of ownEvents(history)) await perform(step, context, runtimeMs + SLACK_MS);
    await removeBoxes(context);
    return performance.now() - beganMs;
  } finally {
    await session.dispose();
  }
}

/** One call a box; what is gone already is refused, which is no matter here. */
async function removeBoxes(context: StepContext): Promise<void> {
  for (const [handle, { home }] of context.cast.boxes) {
    if (!context.boxIds.has(handle)) continue;
    const via = home === 'local' ? 'cli' : 'rest';
    await perform({ op: 'rm', via, on: [handle], force: true }, context, REMOVE_MS);
  }
}
