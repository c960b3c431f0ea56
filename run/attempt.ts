import type { Observation } from '../domain/observation.ts';
import type { Outcome, Prediction } from '../model/outcome.ts';
import type { Step } from '../program/step.ts';
import { perform } from './perform/perform.ts';
import type { StepContext } from './perform/step-context.ts';
import { type Waiting, waited } from './waited.ts';

/** First pause between two looks, and the longest one, milliseconds. */
const FIRST_PAUSE_MS = 10;
const LONGEST_PAUSE_MS = 500;

/** What one step came to. */
export interface Attempt {
  seen: Observation;
  /** The outcome that fitted, and why the nearest one did not. */
  outcome: Outcome | null;
  differences: string[];
}

/** Judges one observation: the outcome it fits, else the differences to the one it comes nearest to. */
export type Judge = (
  prediction: Prediction,
  seen: Observation,
) => { outcome: Outcome | null; differences: string[] };

/**
 * Performs a step, and where the contract gives a deadline looks again until an outcome fits or the time is
 * up: never a sleep and a single look (contract 7). Calls and pauses are added to `waiting`, judging is not.
 */
export async function attempt(
  step: Step,
  prediction: Prediction,
  stepContext: StepContext,
  judge: Judge,
  isKnown: (seen: Observation) => boolean,
  waiting: Waiting,
): Promise<Attempt> {
  const { deadlineFactor } = stepContext.session;
  const untilMs = performance.now() + (prediction.pollMs ?? 0) * deadlineFactor;
  for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS)) {
    const seen = await waited(waiting, perform(step, stepContext, prediction.deadlineMs * deadlineFactor));
    const judged = judge(prediction, seen);
    const over =
      judged.outcome ||
      isFinal(seen) ||
      (isError(seen) && isKnown(seen)) ||
      performance.now() >= untilMs ||
      stepContext.signal.aborted;
    if (over) return { seen, ...judged };
    await waited(waiting, pause(stepContext, step, pauseMs));
  }
}

/** An error that is a known divergence is the answer: what is only late shows itself as a state, not as an error. */
const isError = (seen: Observation): boolean => seen.is === 'refused' || seen.is === 'broken';

/** Nothing can come after the end of a stream. */
const isFinal = (seen: Observation): boolean => seen.is === 'stream' && seen.closed !== null;

/** An attach says when it has news; everything else is asked again after a moment. */
async function pause(stepContext: StepContext, step: Step, ms: number): Promise<void> {
  const socket = step.op === 'read' ? stepContext.sockets.get(step.attach) : undefined;
  await (socket ? socket.changed(ms) : new Promise((resolve) => setTimeout(resolve, ms)));
}
