import type { Program } from '../../program/program.ts';
import { shrinkProgram } from '../../search/shrink/driver.ts';
import { performs } from '../harness/performer.ts';
import { rules } from '../harness/reference.ts';
import { failureOf, type Plant } from './plant.ts';
import { plantedPrograms } from './programs.ts';

/** What one shrink cost and came to. */
export interface Effort {
  /** Runs after the first failure, until the shrinker had nothing left to try. */
  readonly runs: number;
  /** Of these, up to the one that showed the shortest program. */
  readonly runsToBest: number;
  /** Steps of all these runs. */
  readonly commands: number;
  /** Steps of what came out. */
  readonly steps: number;
}

/** No trial comes near it: what is measured is what shrinking wants, not what it is given. */
const BUDGET = { runs: 5_000, seconds: 600 };

/** What shrinking spends on a planted failure. */
export async function effortFor(program: Program, { pattern, failure }: Plant): Promise<Effort> {
  let runs = 0;
  let runsToBest = 0;
  let least = program.steps.length;
  const result = await shrinkProgram({
    program,
    failure,
    reproduce: async (candidate) => {
      runs++;
      return failureOf(pattern, candidate);
    },
    budget: BUDGET,
    onBest: ({ steps }) => {
      if (steps.length < least) [least, runsToBest] = [steps.length, runs];
    },
    rules,
    signal: new AbortController().signal,
  });
  return { runs, runsToBest, commands: result.commands, steps: result.program.steps.length };
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
  for (const { program, plant } of plantedPrograms(trial.steps, trial.needed, trial.seed)) {
    signal.throwIfAborted();
    efforts.push(await effortFor(program, plant));
    if (efforts.length === trial.programs) break;
  }
  return { ...trial, efforts };
});
