import type { Observation } from '../domain/observation.ts';
import type { Prediction } from '../model/outcome.ts';
import type { Step } from '../program/step.ts';
import { pause } from './pause.ts';
import { perform } from './perform/perform.ts';
import type { StepContext } from './perform/step-context.ts';
import { type Waiting, waited } from './waited.ts';

/** First pause between two looks, and the longest one, milliseconds. */
const PAUSE_MS = { first: 10, longest: 500 };

/** What one step came to. */
export interface Attempt {
  seen: Observation;
  /** How long it was looked for before the answer came, before the target's factor; null: no later look matters. */
  lookedMs: number | null;
  /** What later looks and the pauses before them took. */
  pollsMs: number;
}

/** What a look is held against while it may still be too early. */
export interface Judge {
  /** Whether the answer is one that some world allows. */
  fits(seen: Observation): boolean;
  /** Whether it is that of a known divergence. */
  isKnown(seen: Observation): boolean;
  /** Whether that is certain after so long, before the target's factor, though the contract gives more time. */
  isBelieved(seen: Observation, lookedMs: number): boolean;
}

/**
 * Performs a step, and where the contract gives a deadline looks again until an outcome fits or the time is
 * up: never a sleep and a single look (contract 7). Calls and pauses are added to `waiting`, judging is not.
 */
export async function attempt(
  step: Step,
  limits: Pick<Prediction, 'pollMs' | 'deadlineMs'>,
  stepContext: StepContext,
  judge: Judge,
  waiting: Waiting,
): Promise<Attempt> {
  const { deadlineFactor } = stepContext.session;
  const beganMs = performance.now();
  const lookedMs = (): number => (performance.now() - beganMs) / deadlineFactor;
  let firstMs: number | undefined;
  const pollsMs = (): number => performance.now() - (firstMs ?? performance.now());
  for (let pauseMs = PAUSE_MS.first; ; pauseMs = Math.min(pauseMs * 2, PAUSE_MS.longest)) {
    const seen = await waited(waiting, perform(step, stepContext, limits.deadlineMs * deadlineFactor));
    if (isFinal(seen) || (isError(seen) && judge.isKnown(seen)))
      return { seen, lookedMs: null, pollsMs: pollsMs() };
    const isUp = lookedMs() >= (limits.pollMs ?? 0) || judge.isBelieved(seen, lookedMs());
    if (judge.fits(seen) || isUp || stepContext.signal.aborted)
      return { seen, lookedMs: lookedMs(), pollsMs: pollsMs() };
    firstMs ??= performance.now();
    await waited(waiting, pause(stepContext, step, pauseMs));
  }
}

/** An error that is a known divergence is the answer: what is only late shows itself as a state, not as an error. */
const isError = (seen: Observation): boolean => seen.is === 'refused' || seen.is === 'broken';

/** Nothing can come after the end of a stream. */
const isFinal = (seen: Observation): boolean => seen.is === 'stream' && seen.closed !== null;
