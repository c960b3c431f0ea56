import type { Failure } from '../../program/failure.ts';
import type { Program } from '../../program/program.ts';
import { isSameOrWeakerFailure } from '../../verdict/same-or-weaker-failure.ts';
import type { Rules } from '../worlds/rules.ts';
import { candidates } from './candidates.ts';
import { freshContext } from './context.ts';

/** What one real run of a candidate said: its failure, null when it passed, or that no more can be learnt this way. */
export type Reproduction = Failure | null | 'stop';

export interface ShrinkTask {
  readonly program: Program;
  readonly failure: Failure;
  /** Runs a program for real. For flaky failures: several times, see `reproducerFor`. */
  readonly reproduce: (program: Program) => Promise<Reproduction>;
  /** Calls of `reproduce`, and seconds of the clock. */
  readonly budget: { readonly runs: number; readonly seconds: number };
  /** Told of every simpler program that still fails, as soon as it is known. */
  readonly onBest?: (program: Program, failure: Failure) => void | Promise<void>;
  readonly rules: Rules;
  readonly signal: AbortSignal;
  /** Milliseconds; default the process's monotonic clock. */
  readonly now?: () => number;
}

export interface Shrunk {
  readonly program: Program;
  readonly failure: Failure;
  /** Calls of `reproduce`. */
  readonly runs: number;
  /** Steps of all programs that were run. */
  readonly commands: number;
  /** Nothing simpler is left to try; false: the budget ended it or the caller did. */
  readonly exhausted: boolean;
}

/**
 * Finds the simplest program that still fails in the same way (`isSameOrWeakerFailure`), as far as the budget goes:
 * descends to the first candidate that does. No program is run twice. `reproduce` may end it: the machine is lost.
 */
export async function shrinkProgram(task: ShrinkTask): Promise<Shrunk> {
  const { rules, budget, signal, reproduce, now = () => performance.now() } = task;
  const endMs = now() + budget.seconds * 1000;
  const shrunk = { program: task.program, failure: task.failure, runs: 0, commands: 0 };
  let left = candidates(rules, shrunk.program.steps, shrunk.failure, freshContext());
  for (let next = left.next(); !next.done; next = left.next()) {
    const program = { ...task.program, steps: next.value.steps };
    if (signal.aborted || shrunk.runs >= budget.runs || now() >= endMs)
      return { ...shrunk, exhausted: false };
    shrunk.runs++;
    shrunk.commands += program.steps.length;
    const failure = await reproduce(program);
    if (failure === 'stop') return { ...shrunk, exhausted: false };
    if (!failure || !isSameOrWeakerFailure(failure, task.failure)) continue;
    Object.assign(shrunk, { program, failure });
    await task.onBest?.(program, failure);
    left = candidates(rules, program.steps, failure, next.value.context);
  }
  return { ...shrunk, exhausted: !signal.aborted };
}
