import type { Program } from '../program/program.ts';
import type { History, RunProgram } from '../run/history.ts';
import type { Failure, Verdict } from './failure.ts';
import { type Decision, decide, defaultReruns, type Reruns, type Tally } from './rerun-rule.ts';
import { sameSignature } from './signature.ts';

export interface Classified {
  readonly verdict: Verdict;
  /** Every re-run, in order; those that failed in another way are findings of their own. */
  readonly histories: History[];
}

/** Re-runs the machine may spoil before the failure is called unclassifiable. */
const MAX_BROKEN = 3;

/**
 * Runs a failing program again until it is decided what kind of failure it is: every time, some of the times,
 * never again, or the machine broke. Only failures of the same signature count as failing.
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
  let tally: Tally = { failed: 0, runs: 0 };
  for (let broken = 0; ; ) {
    const decision = decide(tally, rule);
    if (decision) return { verdict: verdictOf(decision, tally), histories };
    const history = await run(program, signal);
    histories.push(history);
    const { ending } = history;
    if (signal.aborted || ending.is === 'interrupted') return stopped(tally, histories, signal);
    if (ending.is === 'infrastructure') {
      if (++broken >= MAX_BROKEN) return { verdict: { class: 'infrastructure', why: ending.why }, histories };
      continue;
    }
    const same = ending.is === 'failed' && sameSignature(ending.failure, failure);
    tally = { failed: tally.failed + (same ? 1 : 0), runs: tally.runs + 1 };
  }
}

function verdictOf(decision: Decision, { failed, runs }: Tally): Verdict {
  return decision === 'not-reproduced' ? { class: decision, runs } : { class: decision, failed, runs };
}

/** What was seen both ways stays flaky; less than that is no verdict. */
function stopped(tally: Tally, histories: History[], signal: AbortSignal): Classified {
  if (tally.failed > 0 && tally.failed < tally.runs)
    return { verdict: { class: 'flaky', ...tally }, histories };
  throw signal.reason ?? new Error(`classification was stopped after ${tally.runs} re-runs`);
}
