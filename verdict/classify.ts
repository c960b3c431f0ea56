import type { Failure, Verdict } from '../program/failure.ts';
import type { Ending, RunProgram } from '../program/history.ts';
import type { Program } from '../program/program.ts';
import { sameSignature } from './signature.ts';

/** How much certainty the classification buys, in re-runs of the failing program. */
export interface Reruns {
  /** Most re-runs. */
  readonly reruns: number;
  /** Failures in a row, without a single pass, that make a failure deterministic. */
  readonly confirm: number;
  /** Failures wanted, once it is known to be flaky, so that the rate means something. */
  readonly rate: number;
}

/**
 * Eight failures in a row are chance about once in 15,000 times for a defect that shows in 30 % of runs, and sixteen
 * re-runs hide it once in 300 (docs/measurements.md, "Verdicts").
 */
export const defaultReruns: Reruns = { reruns: 16, confirm: 8, rate: 3 };

/** Re-runs so far and how many of them failed with the same signature. */
export interface Tally {
  readonly failed: number;
  /** Of the failed ones, those that failed at the same step too. */
  readonly here: number;
  readonly runs: number;
}

/** Before the first re-run. */
export const noReruns: Tally = { failed: 0, here: 0, runs: 0 };

type Decision = 'deterministic' | 'flaky' | 'not-reproduced';

/**
 * What the re-runs so far prove; null: more are needed. A long program gives a flaky defect so many chances that
 * it fails every time, now at this step and now at that: only the same step every time is deterministic.
 */
export function decide({ failed, here, runs }: Tally, { reruns, confirm, rate }: Reruns): Decision | null {
  if (here === runs) return runs >= Math.min(confirm, reruns) && runs > 0 ? 'deterministic' : null;
  if (failed >= rate || (failed > 0 && runs >= reruns)) return 'flaky';
  return runs >= reruns ? 'not-reproduced' : null;
}

/**
 * Runs a failing program again until it is decided what kind of failure it is: every time at the same step, some
 * of the times, never again, or the machine broke (`run` has tried it again by then). Only failures of the same
 * signature count as failing.
 * @param before re-runs of the same program that were made already
 * @throws the signal's reason when it is aborted before anything is decided
 */
export async function classify(
  program: Program,
  failure: Failure,
  run: RunProgram,
  options: Partial<Reruns>,
  signal: AbortSignal,
  before: Tally = noReruns,
): Promise<Verdict> {
  const rule = { ...defaultReruns, ...options };
  let tally = before;
  for (;;) {
    const decision = decide(tally, rule);
    if (decision) return verdictOf(decision, tally);
    const { ending } = await run(program, signal);
    if (signal.aborted || ending.is === 'interrupted') return stopped(tally, signal);
    if (ending.is === 'infrastructure') return { class: 'infrastructure', why: ending.why };
    tally = withRerun(tally, ending, failure);
  }
}

/** The tally with one more re-run, which ended so, of the program that failed in this way. */
export function withRerun({ failed, here, runs }: Tally, ending: Ending, failure: Failure): Tally {
  const other = ending.is === 'failed' ? ending.failure : null;
  const same = other !== null && sameSignature(other, failure);
  const there = same && other.at === failure.at;
  return { failed: failed + (same ? 1 : 0), here: here + (there ? 1 : 0), runs: runs + 1 };
}

function verdictOf(decision: Decision, { failed, here, runs }: Tally): Verdict {
  if (decision === 'not-reproduced') return { class: decision, runs };
  if (decision === 'deterministic') return { class: decision, failed, runs };
  return { class: decision, failed, runs, ...(here < failed && { here }) };
}

/** What was seen both ways stays flaky; less than that is no verdict. */
function stopped(tally: Tally, signal: AbortSignal): Verdict {
  if (tally.failed > 0 && tally.here < tally.runs) return verdictOf('flaky', tally);
  throw signal.reason ?? new Error(`classification was stopped after ${tally.runs} re-runs`);
}
