import type { Failure, Verdict } from '../program/failure.ts';
import type { History, RunProgram } from '../program/history.ts';
import type { Program } from '../program/program.ts';
import { type Decision, decide, defaultReruns, type Reruns, type Tally } from './rerun-rule.ts';
import { sameSignature } from './signature.ts';

export interface Classified {
  readonly verdict: Verdict;
  /** Every re-run, in order; those that failed in another way are findings of their own. */
  readonly histories: History[];
}

/**
 * Runs a failing program again until it is decided what kind of failure it is: every time at the same step, some
 * of the times, never again, or the machine broke (`run` has tried it again by then). Only failures of the same signature count as failing.
 * @throws the signal's reason when it is aborted before anything is decided
 */
export async function classify(
  program: Program,
  failure: Failure,
  run: RunProgram,
  options: Partial<Reruns>,
  signal: AbortSignal,
): Promise<Classified> {
  const rule = { ...defaultReruns, ...options };
  const histories: History[] = [];
  let tally: Tally = { failed: 0, here: 0, runs: 0 };
  for (;;) {
    const decision = decide(tally, rule);
    if (decision) return { verdict: verdictOf(decision, tally), histories };
    const history = await run(program, signal);
    histories.push(history);
    const { ending } = history;
    if (signal.aborted || ending.is === 'interrupted') return stopped(tally, histories, signal);
    if (ending.is === 'infrastructure')
      return { verdict: { class: 'infrastructure', why: ending.why }, histories };
    tally = counted(tally, ending.is === 'failed' ? ending.failure : null, failure);
  }
}

function counted({ failed, here, runs }: Tally, other: Failure | null, failure: Failure): Tally {
  const same = other !== null && sameSignature(other, failure);
  const there = same && other.at === failure.at;
  return { failed: failed + (same ? 1 : 0), here: here + (there ? 1 : 0), runs: runs + 1 };
}

function verdictOf(decision: Decision, tally: Tally): Verdict {
  const { failed, runs } = tally;
  if (decision === 'not-reproduced') return { class: decision, runs };
  return decision === 'flaky' ? flaky(tally) : { class: decision, failed, runs };
}

const flaky = ({ failed, here, runs }: Tally): Verdict => ({
  class: 'flaky',
  failed,
  runs,
  ...(here < failed ? { here } : {}),
});

/** What was seen both ways stays flaky; less than that is no verdict. */
function stopped(tally: Tally, histories: History[], signal: AbortSignal): Classified {
  if (tally.failed > 0 && tally.here < tally.runs) return { verdict: flaky(tally), histories };
  throw signal.reason ?? new Error(`classification was stopped after ${tally.runs} re-runs`);
}
