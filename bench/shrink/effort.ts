import type { Ending, FailedHistory, RunProgram } from '../../program/history.ts';
import { investigate } from '../../search/investigate/investigate.ts';
import { performs } from '../harness/performer.ts';
import { rules } from '../harness/reference.ts';
import { historyOf, play } from '../harness/simulated.ts';
import { failureOf, type Planted, plantedPrograms } from './plant.ts';

/** What one failure cost and came to. */
export interface Effort {
  /** Runs of shorter programs, until the shrinker had nothing left to try. */
  readonly runs: number;
  /** All runs after the first failure, those that classify included; their steps and their boots. */
  readonly all: number;
  readonly commands: number;
  readonly boots: number;
  /** Steps of what came out. */
  readonly steps: number;
}

/** No trial comes near it: what is measured is what shrinking wants, not what it is given. */
const BUDGET = { runs: 5_000, seconds: 600 };

/** What a planted failure takes until it is shrunk and classified. */
export async function effortFor(
  { program, pattern, failure }: Planted,
  signal: AbortSignal,
): Promise<Effort> {
  const spent = { commands: 0, boots: 0 };
  const run: RunProgram = async (asked) => {
    const shown = failureOf(pattern, asked);
    const { events, boots } = play(asked, (_step, _outcome, at) => (at === shown?.at ? 'stop' : null));
    spent.commands += events.length;
    spent.boots += boots;
    const ending: Ending = shown ? { is: 'failed', failure: shown } : { is: 'passed' };
    return { ...historyOf(asked, events), ending };
  };
  const found: FailedHistory = { ...historyOf(program, []), ending: { is: 'failed', failure } };
  const done = await investigate(found, { run, rules, signal, shrink: () => BUDGET });
  const steps = done.smallest.program.steps.length;
  return { runs: done.shrunk?.runs ?? 0, all: done.runs, ...spent, steps };
}

/** So many failures to plant, in programs of one length that need so many of their steps. */
export interface ShrinkTrial {
  readonly steps: number;
  readonly needed: number;
  readonly seed: number;
  readonly programs: number;
}

/** What came of it. */
export interface ShrinkResult extends ShrinkTrial {
  readonly efforts: readonly Effort[];
}

/** Opens a performer of shrinks on the model. */
export const openPerformer = performs(async (trial: ShrinkTrial, signal): Promise<ShrinkResult> => {
  const efforts: Effort[] = [];
  for (const planted of plantedPrograms(trial.steps, trial.needed, trial.seed)) {
    signal.throwIfAborted();
    efforts.push(await effortFor(planted, signal));
    if (efforts.length === trial.programs) break;
  }
  return { ...trial, efforts };
});
