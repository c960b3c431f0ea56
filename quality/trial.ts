import type { DefectName } from '../reference/defects.ts';
import { ownEvents } from '../search/own-events.ts';
import type { Failure } from '../verdict/failure.ts';
import { type Bench, openBench } from './bench.ts';
import { type Drawing, drawProgram } from './draw.ts';
import { type Found, type LookBudget, lookInto } from './look-into.ts';
import type { Trial } from './trial-record.ts';

/** What one trial may cost. */
export interface Budget extends LookBudget {
  /** Programs drawn before the defect counts as survived. */
  readonly programs: number;
  readonly drawing?: Drawing;
}

/** The defective runtime under test, the clean one, and what ends a trial early. */
export interface Setting {
  readonly spoilt: Bench;
  readonly clean: Bench;
  readonly budget: Budget;
  readonly signal: AbortSignal;
}

/**
 * One trial of the oracle: draws programs from a seed until one fails on the defective runtime, classifies the
 * failure, makes it simpler, replays the result in a new home, and runs it once without the defect.
 * @throws the signal's reason when it is aborted
 */
export async function tryDefect(setting: Setting, defect: DefectName, seed: number): Promise<Trial> {
  const { clean, spoilt, budget, signal } = setting;
  const { found, why, ...hunt } = await firstFailure(setting, seed);
  const trial = { defect, seed, ...hunt };
  if (why !== null) return { ...trial, result: { is: 'machine', why } };
  if (!found) return { ...trial, result: { is: 'survived' } };
  const fresh = () => openBench([defect]);
  return { ...trial, result: await lookInto({ spoilt, fresh, clean, signal }, found, budget) };
}

interface Hunt extends Pick<Trial, 'programs' | 'steps' | 'huntMs'> {
  readonly found: Found | null;
  /** The machine broke for good; null: it did not. */
  readonly why: string | null;
}

async function firstFailure({ spoilt, budget, signal }: Setting, seed: number): Promise<Hunt> {
  const begunMs = performance.now();
  let steps = 0;
  for (let index = 0; ; index++) {
    const ended = (found: Found | null, programs: number, why: string | null = null): Hunt => ({
      programs,
      steps,
      huntMs: performance.now() - begunMs,
      found,
      why,
    });
    if (index >= budget.programs) return ended(null, index);
    const program = drawProgram(seed, index, budget.drawing);
    const history = await spoilt.run(program, signal);
    signal.throwIfAborted();
    steps += ownEvents(history).length;
    const { ending } = history;
    if (ending.is === 'infrastructure') return ended(null, index + 1, ending.why);
    const failure: Failure | null = ending.is === 'failed' ? ending.failure : null;
    if (failure) return ended({ program, failure }, index + 1);
  }
}
