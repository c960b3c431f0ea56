import type { Program } from '../../program/program.ts';
import { rules } from '../../quality/bench.ts';
import { shrinkProgram } from '../../search/shrink/driver.ts';
import type { Plant } from '../planted/plant.ts';
import { runPlanted } from '../planted/planted.ts';
import type { Effort } from './effort.ts';

/** No trial comes near it: what is measured is what shrinking wants, not what it is given. */
const BUDGET = { runs: 5_000, seconds: 600 };

/** What our shrinking spends on a planted failure. */
export async function shrinkOurs(program: Program, { pattern, failure }: Plant): Promise<Effort> {
  let runs = 0;
  let runsToBest = 0;
  let least = program.steps.length;
  const result = await shrinkProgram({
    program,
    failure,
    reproduce: async (candidate) => {
      runs++;
      return runPlanted(pattern, candidate);
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
