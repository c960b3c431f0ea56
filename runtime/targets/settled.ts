import { deadlines } from '../../domain/deadlines.ts';
import { lookUntil } from '../../machine/until.ts';
import type { Baseline } from '../ports/target.ts';

/** Gives what exists beyond the lines of before, counting repeats; what has gone meanwhile is nobody's leak. */
export function beyond<T>(now: readonly T[], before: Baseline, lineOf: (thing: T) => string): T[] {
  const open = [...before];
  return now.filter((thing) => {
    const at = open.indexOf(lineOf(thing));
    if (at >= 0) open.splice(at, 1);
    return at < 0;
  });
}

/** Says whether nothing exists beyond what did before, and what is expected to stay. */
export const nothingBeyond = (
  now: Baseline,
  before: Baseline,
  stays: (line: string) => boolean = () => false,
): boolean => beyond(now, before, (line) => line).every(stays);

/**
 * Looks for a target's `baseline`: once without `settled`, else until nothing is beyond it but what `stays`, or time is
 * up.
 */
export const settledBaseline = (
  look: () => Baseline | Promise<Baseline>,
  settled?: Baseline,
  deadlineMs: number = deadlines.goneMs,
  stays?: (line: string) => boolean,
): Promise<Baseline> =>
  lookUntil(look, settled ? deadlineMs : 0, (now) => !settled || nothingBeyond(now, settled, stays));

/** A disk that somebody clears, a load that passes, a server that is started again. */
const SOUND_MS = 60_000;

/** Waits until a machine shows a sign of life. @throws what its last `heartbeat` did */
export async function untilSound(heartbeat: () => Promise<void>, timeoutMs = SOUND_MS): Promise<void> {
  const trouble = () =>
    heartbeat().then(
      () => null,
      (error: Error) => error,
    );
  const error = await lookUntil(trouble, timeoutMs, (found) => found === null);
  if (error) throw error;
}
