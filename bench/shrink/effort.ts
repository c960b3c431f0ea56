import { shrinkProgram } from '../../search/shrink/driver.ts';
import { performs } from '../harness/performer.ts';
import { rules } from '../harness/reference.ts';
import { failureOf, type Planted, plantedPrograms } from './plant.ts';

/** What one shrink cost and came to. */
export interface Effort {
  /** Runs after the first failure, until the shrinker had nothing left to try. */
  readonly runs: number;
  /** Steps of all these runs. */
  readonly commands: number;
  /** Steps of what came out. */
  readonly steps: number;
}

/** No trial comes near it: what is measured is what shrinking wants, not what it is given. */
const BUDGET = { runs: 5_000, seconds: 600 };

/** What shrinking spends on a planted failure. */
export async function effortFor(
  { program, pattern, failure }: Planted,
  signal: AbortSignal,
): Promise<Effort> {
  const { runs, commands, ...shrunk } = await shrinkProgram({
    program,
    failure,
    reproduce: async (candidate) => failureOf(pattern, candidate),
    budget: BUDGET,
    rules,
    signal,
  });
  return { runs, commands, steps: shrunk.program.steps.length };
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
