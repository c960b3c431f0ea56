import type { DefectName } from '../reference/defects.ts';
import { ownEvents } from '../search/own-events.ts';
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
 * failure, makes it simpler, replays the result in a new home, and runs it once without the defect. A failure
 * that never shows again is noise of the machine: the hunt goes on.
 * @throws the signal's reason when it is aborted
 */
export async function tryDefect(setting: Setting, defect: DefectName, seed: number): Promise<Trial> {
  const { clean, spoilt, budget, signal } = setting;
  const fresh = () => openBench([defect]);
  const spent = { programs: 0, steps: 0, huntMs: 0, noise: 0 };
  for (;;) {
    const found = await nextFailure(setting, seed, spent);
    const trial = { defect, seed, ...spent };
    if (found === null) return { ...trial, result: { is: 'survived' } };
    if ('why' in found) return { ...trial, result: { is: 'machine', ...found } };
    const result = await lookInto({ spoilt, fresh, clean, signal }, found, budget);
    if (result) return { ...trial, result };
    spent.noise++;
  }
}

type Spent = { -readonly [K in 'programs' | 'steps' | 'huntMs']: Trial[K] };

/** The next program that fails; null when the budget is used up, a reason when the machine broke for good. */
async function nextFailure(
  { spoilt, budget, signal }: Setting,
  seed: number,
  spent: Spent,
): Promise<Found | { why: string } | null> {
  while (spent.programs < budget.programs) {
    const begunMs = performance.now();
    const program = drawProgram(seed, spent.programs, budget.drawing);
    const history = await spoilt.run(program, signal);
    signal.throwIfAborted();
    spent.programs++;
    spent.steps += ownEvents(history).length;
    spent.huntMs += performance.now() - begunMs;
    const { ending } = history;
    if (ending.is === 'infrastructure') return { why: ending.why };
    if (ending.is === 'failed') return { program, failure: ending.failure };
  }
  return null;
}
