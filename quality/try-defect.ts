import { openReference, type Reference } from '../bench/harness/reference.ts';
import { type FailedHistory, hasFailed, ownEvents } from '../program/history.ts';
import type { DefectName } from '../reference/defects.ts';
import { type LookBudget, lookInto, type Proof } from './look-into.ts';
import { type Drawn, drawnAs, type Programs } from './programs.ts';
import type { Reach } from './scout.ts';
import type { Trial } from './trial.ts';

/** What one trial may cost. */
export interface Budget extends LookBudget, Drawn {}

/** The defective runtime under test, the clean one, and what ends a trial early. */
export interface Setting {
  readonly defective: Reference;
  readonly clean: Reference;
  /** Opens another runtime with the defect, in a new home. */
  readonly open?: () => Promise<Reference>;
  readonly proofs?: Map<string, Proof>;
  /** Which programs of the seed come to the defect's site; everything that may be skipped is skipped only on proof. */
  readonly reach?: Reach;
  /** Draws the programs; default as the budget says. */
  readonly draw?: Programs;
  readonly budget: Budget;
  readonly signal: AbortSignal;
}

/**
 * Makes one trial of the oracle: draws programs from a seed until one fails on the defective runtime, classifies the
 * failure, makes it simpler, replays the result in a new home, and runs it once without the defect. A failure
 * that never shows again is noise of the machine: the hunt goes on.
 * @throws the signal's reason when it is aborted
 */
export async function tryDefect(setting: Setting, defect: DefectName, seed: number): Promise<Trial> {
  const { clean, defective, budget, signal } = setting;
  const { open = () => openReference([defect]), proofs = new Map<string, Proof>() } = setting;
  const spent: Spent = { programs: 0, ran: 0, steps: 0, huntMs: 0, noise: 0 };
  for (;;) {
    const found = await nextFailure(setting, seed, spent);
    const trial = { defect, seed, ...spent };
    if (found === null) return { ...trial, result: { is: 'survived' } };
    if ('why' in found) return { ...trial, result: { is: 'infrastructure', ...found } };
    const result = await lookInto({ defective, open, clean, proofs, signal }, found, budget);
    if (result) return { ...trial, result };
    spent.noise++;
  }
}

type Spent = { -readonly [K in 'programs' | 'ran' | 'steps' | 'huntMs' | 'noise']: Trial[K] };

/** The next program that fails; null when the budget is used up, a reason when the machine broke for good. */
async function nextFailure(
  { defective, budget, reach = [], draw = drawnAs(budget), signal }: Setting,
  seed: number,
  spent: Spent,
): Promise<FailedHistory | { why: string } | null> {
  while (spent.programs < budget.programs) {
    const index = spent.programs++;
    const skipped = reach[index];
    if (typeof skipped === 'number') {
      spent.steps += skipped;
      continue;
    }
    const begunMs = performance.now();
    const program = await draw(seed, index);
    const history = await defective.run(program, signal);
    signal.throwIfAborted();
    spent.ran++;
    spent.steps += ownEvents(history).length;
    spent.huntMs += performance.now() - begunMs;
    if (history.ending.is === 'infrastructure') return { why: history.ending.why };
    if (hasFailed(history)) return history;
  }
  return null;
}
