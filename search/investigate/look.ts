import type { Verdict } from '../../program/failure.ts';
import { type FailedHistory, type History, hasFailed } from '../../program/history.ts';
import type { Program } from '../../program/program.ts';
import { classify, type Reruns, type Tally } from '../../verdict/classify.ts';
import { isSameOrWeakerFailure } from '../../verdict/same-or-weaker-failure.ts';
import { type Reproduction, shrinkProgram } from '../shrink/driver.ts';
import type { Rules } from '../worlds/rules.ts';
import { LostMachineError } from './steady-runner.ts';

/** What shrinking one program may cost: runs of the runtime, and seconds of the clock. */
export interface ShrinkBudget {
  readonly runs: number;
  readonly seconds: number;
}

/** What a program is run for once one has failed: to see a failure again, or whether a simpler program shows it. */
export type Purpose = 'rerun' | 'shrink';

/** What an investigation needs, and whom it tells. */
export interface InvestigateOptions {
  /** Runs a program; a broken machine is its business, see `steadyRunner`. */
  readonly run: (program: Program, signal: AbortSignal, purpose: Purpose) => Promise<History>;
  readonly rules: Rules;
  readonly signal: AbortSignal;
  readonly reruns?: Partial<Reruns>;
  /** Asked at the beginning. Null: the program stays as it was found. */
  readonly shrink: () => ShrinkBudget | null;
  /** The run of the simplest program known to fail, where an earlier investigation was left open. */
  readonly from?: FailedHistory;
  readonly onVerdict?: (verdict: Verdict) => void | Promise<void>;
  /** Hears of the run of every simpler program that still fails, and of the one before where that is given up. */
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

const MAX_OTHERS = 10;

/** An investigation under way. */
export type Look = ReturnType<typeof lookInto>;

/** Begins an investigation of a failed run: nothing is known yet but the simplest program so far. */
export function lookInto(found: FailedHistory, options: InvestigateOptions) {
  const { now = () => performance.now() } = options;
  const others: FailedHistory[] = [];
  const spent = { runs: 0, shrinkRuns: 0, shrinkMs: 0 };
  let smallest = options.from ?? found;
  let shrunk: ShrinkEffort | null = null;
  /** The run that failed as wanted last. */
  let last = smallest;

  const isWanted = (history: History): history is FailedHistory =>
    hasFailed(history) && isSameOrWeakerFailure(history.ending.failure, found.ending.failure);

  const run = (purpose: Purpose) => async (program: Program) => {
    spent.runs++;
    if (purpose === 'shrink') spent.shrinkRuns++;
    const history = await options.run(program, options.signal, purpose);
    if (isWanted(history)) last = history;
    else if (hasFailed(history) && others.length < MAX_OTHERS) others.push(history);
    return history;
  };

  /** Makes this run's program the simplest so far. */
  const take = async (history: FailedHistory): Promise<void> => {
    smallest = history;
    await options.onSimpler?.(history);
  };

  /** Null where something was thrown because the caller has ended it. */
  const unlessStopped = async <T>(work: () => Promise<T>): Promise<T | null> => {
    try {
      return await work();
    } catch (error) {
      if (options.signal.aborted && !(error instanceof LostMachineError)) return null;
      throw error;
    }
  };

  return {
    ...{ options, others, spent, now, run, isWanted, take },
    smallest: () => smallest,
    shrunk: () => shrunk,
    /** Classifies the simplest program by its own failure; null when the caller stopped it before. */
    async judge(before?: Tally): Promise<Verdict | null> {
      const { program, ending } = smallest;
      const { reruns = {}, signal } = options;
      if (signal.aborted) return null;
      return unlessStopped(() => classify(program, ending.failure, run('rerun'), reruns, signal, before));
    },
    /** Shrinks the simplest program further; what an earlier call has spent counts in the effort. */
    async shrink(
      reproduce: (program: Program) => Promise<Reproduction>,
      budget: ShrinkBudget,
      onBest: (history: FailedHistory) => void = () => {},
    ): Promise<void> {
      const begunMs = now();
      const { rules, signal } = options;
      const { runs, exhausted } = await shrinkProgram({
        ...{ program: smallest.program, failure: smallest.ending.failure },
        ...{ budget, rules, signal, now },
        reproduce: (program) => unlessStopped(() => reproduce(program)),
        onBest: async () => {
          onBest(last);
          await take(last);
        },
      });
      spent.shrinkMs += now() - begunMs;
      const candidates = (shrunk?.candidates ?? 0) + runs;
      shrunk = { candidates, runs: spent.shrinkRuns, exhausted };
    },
  };
}
