import type { Failure, Verdict } from '../program/failure.ts';
import type { RunProgram } from '../program/history.ts';
import type { Program } from '../program/program.ts';
import { isSameOrWeakerFailure } from './same-or-weaker-failure.ts';

/** Runs spent on one candidate of a flaky failure, whatever its rate. */
const MAX_RUNS = 10;
/** Chance of throwing away a candidate that does fail at the measured rate. */
const LOSS = 0.05;

/**
 * Runs a candidate has to pass before it counts as not failing, for a failure that shows in `failed` of `runs`:
 * 1 for a deterministic one. Rare failures would need more than the bound; they are shrunk less well instead.
 */
export function runsPerCandidate(verdict: Verdict): number {
  if (verdict.class !== 'flaky') return 1;
  // What fails now here and now there fails less often where only one such step is left.
  const rate = Math.min(0.95, Math.max(0.05, (verdict.here ?? verdict.failed) / verdict.runs));
  return Math.min(MAX_RUNS, Math.ceil(Math.log(LOSS) / Math.log(1 - rate)));
}

/**
 * What shrinking asks about each candidate: runs it until it fails as wanted, at most as often as the verdict
 * calls for. Null when no run showed the wanted failure.
 */
export function reproducerFor(
  verdict: Verdict,
  failure: Failure,
  run: RunProgram,
  signal: AbortSignal,
): (program: Program) => Promise<Failure | null | 'stop'> {
  const most = runsPerCandidate(verdict);
  return async (program) => {
    for (let i = 0; i < most && !signal.aborted; i++) {
      const { ending } = await run(program, signal);
      if (ending.is === 'infrastructure') return 'stop';
      if (ending.is === 'failed' && isSameOrWeakerFailure(ending.failure, failure)) return ending.failure;
    }
    return null;
  };
}
