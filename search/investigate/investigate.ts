import type { Verdict } from '../../program/failure.ts';
import { type FailedHistory, hasFailed, type RunProgram } from '../../program/history.ts';
import type { Reruns } from '../../verdict/classify.ts';
import { classify } from '../../verdict/classify.ts';
import { reproducerFor, runsPerCandidate } from '../../verdict/reproducer.ts';
import { isSameOrWeakerFailure } from '../../verdict/same-or-weaker-failure.ts';
import { sameSignature } from '../../verdict/signature.ts';
import { shrinkProgram } from '../shrink/driver.ts';
import type { Rules } from '../worlds/rules.ts';
import { LostMachineError } from './steady-runner.ts';

/** What shrinking one program may cost: runs of the runtime, and seconds of the clock. */
export interface ShrinkBudget {
  readonly runs: number;
  readonly seconds: number;
}

/** What an investigation needs, and whom it tells. */
export interface InvestigateOptions {
  /** Runs a program; a broken machine is its business, see `steadyRunner`. */
  readonly run: RunProgram;
  readonly rules: Rules;
  readonly signal: AbortSignal;
  readonly reruns?: Partial<Reruns>;
  /** Asked once the class is known, for that takes time. Null: the program stays as it was found. */
  readonly shrink: () => ShrinkBudget | null;
  readonly onVerdict?: (verdict: Verdict) => void | Promise<void>;
  /** Hears of the run of every simpler program that still fails, as soon as there is one. */
  readonly onSimpler?: (history: FailedHistory) => void | Promise<void>;
  /** Milliseconds; default the process's monotonic clock. */
  readonly now?: () => number;
}

/** What shrinking did. */
export interface ShrinkEffort {
  /** Candidates tried; a flaky failure takes several runs for each. */
  readonly candidates: number;
  readonly runs: number;
  /** Nothing simpler is left to try; false: the budget ended it or the caller did. */
  readonly exhausted: boolean;
}

/** What is known of a failure after it was investigated. */
export interface Investigation {
  /** Null: the caller stopped it before anything was decided. */
  readonly verdict: Verdict | null;
  /** The run of the simplest program that shows the failure. */
  readonly smallest: FailedHistory;
  /** Null: it was not shrunk, because it is not reproducible or nothing may be spent on it. */
  readonly shrunk: ShrinkEffort | null;
  /** All runs: those that classified and those that shrank. */
  readonly runs: number;
  /** Runs that failed in other ways: findings of their own. At most ten. */
  readonly others: readonly FailedHistory[];
}

/** A flaky failure costs several runs a candidate; so many candidates are tried whatever the budget. */
const MIN_CANDIDATES = 10;
const MAX_OTHERS = 10;

/**
 * Investigates a failed run: runs the program again until it is clear whether the failure is deterministic, flaky,
 * not reproducible or the machine's, then shrinks what can be reproduced. Smoke, fuzz, repro, the properties and
 * the measurements all go this way, so that they judge alike.
 * @throws whatever `run` throws, except once the caller has ended it
 */
export async function investigate(found: FailedHistory, options: InvestigateOptions): Promise<Investigation> {
  const others: FailedHistory[] = [];
  let runs = 0;
  let smallest = found;
  const { failure } = found.ending;
  /** The runner, with other failures than those that count as the same set aside. */
  const watched = (isSame: typeof sameSignature, onSame: (history: FailedHistory) => void): RunProgram => {
    return async (program, signal) => {
      runs++;
      const history = await options.run(program, signal);
      if (!hasFailed(history)) return history;
      if (isSame(history.ending.failure, failure)) onSame(history);
      else if (others.length < MAX_OTHERS) others.push(history);
      return history;
    };
  };
  const first = watched(sameSignature, () => {});
  const verdict = await unlessStopped(options, async () => {
    const { program, ending } = found;
    return classify(program, ending.failure, first, options.reruns ?? {}, options.signal);
  });
  if (verdict) await options.onVerdict?.(verdict);
  const budget = verdict?.class === 'deterministic' || verdict?.class === 'flaky' ? options.shrink() : null;
  if (!verdict || !budget) return { verdict, smallest, shrunk: null, runs, others };
  const runsBefore = runs;
  let last = found;
  const run = watched(isSameOrWeakerFailure, (history) => {
    last = history;
  });
  const reproduce = reproducerFor(verdict, failure, run, options.signal);
  const shrunk = await shrinkProgram({
    program: found.program,
    failure,
    reproduce: (program) => unlessStopped(options, () => reproduce(program)),
    budget: { runs: candidatesFor(budget.runs, verdict), seconds: budget.seconds },
    onBest: async () => {
      smallest = last;
      await options.onSimpler?.(last);
    },
    rules: options.rules,
    signal: options.signal,
    ...(options.now && { now: options.now }),
  });
  const { runs: candidates, exhausted } = shrunk;
  return {
    verdict,
    smallest,
    shrunk: { candidates, runs: runs - runsBefore, exhausted },
    runs,
    others,
  };
}

const candidatesFor = (runs: number, verdict: Verdict): number =>
  Math.min(runs, Math.max(MIN_CANDIDATES, Math.floor(runs / runsPerCandidate(verdict))));

/** Null where something was thrown because the caller has ended it. */
async function unlessStopped<T>(
  { signal }: Pick<InvestigateOptions, 'signal'>,
  work: () => Promise<T>,
): Promise<T | null> {
  try {
    return await work();
  } catch (error) {
    if (signal.aborted && !(error instanceof LostMachineError)) return null;
    throw error;
  }
}
