import { isReproducible, type Verdict } from '../../program/failure.ts';
import type { FailedHistory } from '../../program/history.ts';
import { reproducerFor, runsPerCandidate } from '../../verdict/reproducer.ts';
import { shrinkEagerly } from './eager.ts';
import {
  type InvestigateOptions,
  type Look,
  lookInto,
  type ShrinkBudget,
  type ShrinkEffort,
} from './look.ts';

/** What is known of a failure after it was investigated. */
export interface Investigation {
  /** Of the simplest program. Null: the caller stopped it before anything was decided. */
  readonly verdict: Verdict | null;
  /** The run of the simplest program that shows the failure. */
  readonly smallest: FailedHistory;
  /** Null: it was not shrunk, because it is not reproducible or nothing may be spent on it; or there is no verdict. */
  readonly shrunk: ShrinkEffort | null;
  /** All runs: those that classified and those that shrank. */
  readonly runs: number;
  /** Runs that failed in other ways: findings of their own. At most ten. */
  readonly others: readonly FailedHistory[];
}

/** A flaky failure costs several runs a candidate; so many candidates are tried whatever the budget. */
const MIN_CANDIDATES = 10;

/**
 * Investigates a failed run: shrinks it first, for a short program costs least to run again, then runs the simplest
 * program again until it is clear whether its failure is deterministic, flaky, not reproducible or the machine's. What
 * is flaky is shrunk as its rate wants it. The verdict is that of the program that is handed back; what a short program
 * does not show again, the one that was found is judged by, at its full length. Smoke, fuzz, repro, the properties and
 * the measurements all go this way, so that they judge alike.
 * @throws whatever `run` throws, except once the caller has ended it
 */
export async function investigate(found: FailedHistory, options: InvestigateOptions): Promise<Investigation> {
  const look = lookInto(found, options);
  const budget = options.shrink();
  const reruns = budget ? await shrinkEagerly(look, budget) : undefined;
  let verdict = await look.judge(reruns);
  // The short program was a chance hit, so that nothing is known of the others.
  const isSlip = verdict?.class === 'not-reproduced' && look.smallest() !== found;
  if (isSlip) {
    await look.take(found);
    verdict = await look.judge();
  }
  if (verdict) await options.onVerdict?.(verdict);
  const isOpen = verdict?.class === 'flaky' || (isSlip && verdict?.class === 'deterministic');
  if (verdict && budget && isOpen) verdict = await shrinkAtRate(look, verdict, budget);
  return {
    verdict,
    smallest: look.smallest(),
    shrunk: isReproducible(verdict) ? look.shrunk() : null,
    runs: look.spent.runs,
    others: look.others,
  };
}

/** Shrinks a failure of a known rate; the verdict on what comes out. */
async function shrinkAtRate(look: Look, verdict: Verdict, budget: ShrinkBudget): Promise<Verdict> {
  const { signal, onVerdict } = look.options;
  const before = look.smallest();
  const reproduce = reproducerFor(verdict, before.ending.failure, look.run('shrink'), signal);
  await look.shrink(reproduce, {
    runs: candidatesFor(budget.runs - look.spent.shrinkRuns, verdict),
    seconds: budget.seconds - look.spent.shrinkMs / 1000,
  });
  if (look.smallest() === before) return verdict;
  const again = await look.judge();
  if (!isReproducible(again)) {
    await look.take(before);
    return verdict;
  }
  await onVerdict?.(again);
  return again;
}

const candidatesFor = (runs: number, verdict: Verdict): number =>
  Math.min(runs, Math.max(MIN_CANDIDATES, Math.floor(runs / runsPerCandidate(verdict))));
