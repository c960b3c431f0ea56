import { canonicalSteps } from '../../program/canonical.ts';
import type { Failure } from '../../program/failure.ts';
import type { Program } from '../../program/program.ts';
import { isSameOrWeakerFailure } from '../../verdict/same-or-weaker-failure.ts';
import { ProgramArbitrary } from '../generate/program-arbitrary.ts';
import type { Rules } from '../worlds/rules.ts';

/** What one real run of a candidate said: its failure, null when it passed, or that the machine broke. */
export type Reproduction = Failure | null | 'infrastructure';

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
 * The simplest program that still fails in the same way (`isSameOrWeakerFailure`), as far as the budget goes. Walks the shrink
 * tree of `ProgramArbitrary`, so that this and fast-check's own runner try the same candidates; no program is
 * run twice.
 */
export async function shrinkProgram(task: ShrinkTask): Promise<Shrunk> {
  const arbitrary = new ProgramArbitrary(task.rules, { surfaces: new Set(['cli', 'url', 'rest']) });
  const state = newState(task);
  let best = { program: task.program, failure: task.failure };
  let context: unknown;
  for (;;) {
    arbitrary.notes.note(best.program.steps, best.failure);
    const smaller = await firstFailing(task, state, arbitrary, best.program, context);
    if (!smaller) break;
    best = smaller;
    context = smaller.context;
    await task.onBest?.(best.program, best.failure);
  }
  const { runs, commands } = state;
  return { ...best, runs, commands, exhausted: !state.stopped };
}

interface State {
  runs: number;
  commands: number;
  stopped: boolean;
  readonly tried: Set<string>;
  readonly outOfBudget: () => boolean;
}

function newState(task: ShrinkTask): State {
  const now = task.now ?? (() => performance.now());
  const endMs = now() + task.budget.seconds * 1000;
  const state: State = {
    runs: 0,
    commands: 0,
    stopped: false,
    tried: new Set([canonicalSteps(task.program.steps)]),
    outOfBudget: () => task.signal.aborted || state.runs >= task.budget.runs || now() >= endMs,
  };
  return state;
}

interface Smaller {
  program: Program;
  failure: Failure;
  context: unknown;
}

async function firstFailing(
  task: ShrinkTask,
  state: State,
  arbitrary: ProgramArbitrary,
  program: Program,
  context: unknown,
): Promise<Smaller | null> {
  for (const candidate of arbitrary.shrink(program, context)) {
    const text = canonicalSteps(candidate.value.steps);
    if (state.tried.has(text)) continue;
    state.tried.add(text);
    const failure = await tryOne(task, state, candidate.value);
    if (state.stopped) return null;
    if (failure && isSameOrWeakerFailure(failure, task.failure))
      return { program: candidate.value, failure, context: candidate.context };
  }
  return null;
}

/** Runs one candidate. A machine that `reproduce` could not bring back ends the shrinking, it proves nothing. */
async function tryOne(task: ShrinkTask, state: State, program: Program): Promise<Failure | null> {
  if (!state.outOfBudget()) {
    state.runs++;
    state.commands += program.steps.length;
    const answer = await task.reproduce(program);
    if (answer !== 'infrastructure') return answer;
  }
  state.stopped = true;
  return null;
}
