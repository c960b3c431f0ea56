import { ownEvents } from '../program/own-events.ts';
import type { DefectName } from '../reference/defects.ts';
import { type Bench, openBench } from './bench.ts';
import { type Drawing, drawProgram } from './draw.ts';
import { type Found, type LookBudget, lookInto, type Proof } from './look-into.ts';
import { noReach, type Reach } from './reach.ts';
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
  /** Opens another runtime with the defect, in a new home. */
  readonly open?: () => Promise<Bench>;
  readonly proofs?: Map<string, Proof>;
  /** Which programs of the seed come to the defect's site. */
  readonly reach?: Reach;
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
  const { open: fresh = () => openBench([defect]), proofs = new Map<string, Proof>() } = setting;
  const spent: Spent = { programs: 0, ran: 0, steps: 0, huntMs: 0, noise: 0 };
  for (;;) {
    const found = await nextFailure(setting, seed, spent);
    const trial = { defect, seed, ...spent };
    if (found === null) return { ...trial, result: { is: 'survived' } };
    if ('why' in found) return { ...trial, result: { is: 'machine', ...found } };
    const result = await lookInto({ spoilt, fresh, clean, proofs, signal }, found, budget);
    if (result) return { ...trial, result };
    spent.noise++;
  }
}

type Spent = { -readonly [K in 'programs' | 'ran' | 'steps' | 'huntMs' | 'noise']: Trial[K] };

/** The next program that fails; null when the budget is used up, a reason when the machine broke for good. */
async function nextFailure(
  { spoilt, budget, reach = noReach, signal }: Setting,
  seed: number,
  spent: Spent,
): Promise<Found | { why: string } | null> {
  while (spent.programs < budget.programs) {
    const index = spent.programs++;
    const skipped = reach[index];
    if (typeof skipped === 'number') {
      spent.steps += skipped;
      continue;
    }
    const begunMs = performance.now();
    const program = drawProgram(seed, index, budget.drawing);
    const history = await spoilt.run(program, signal);
    signal.throwIfAborted();
    spent.ran++;
    spent.steps += ownEvents(history).length;
    spent.huntMs += performance.now() - begunMs;
    const { ending } = history;
    if (ending.is === 'infrastructure') return { why: ending.why };
    if (ending.is === 'failed') return { program, failure: ending.failure };
  }
  return null;
}
