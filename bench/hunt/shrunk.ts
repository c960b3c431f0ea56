import type { Failure } from '../../program/failure.ts';
import type { Program } from '../../program/program.ts';
import { type Bench, rules } from '../../quality/bench.ts';
import { shrinkProgram } from '../../search/shrink/driver.ts';

const BUDGET = { runs: 60, seconds: 300 };

/** Steps of the simplest program our shrinking makes of a failing one, every candidate run on the runtime. */
export async function shrunkSteps(
  bench: Bench,
  program: Program,
  failure: Failure,
  signal: AbortSignal,
): Promise<number> {
  const shrunk = await shrinkProgram({
    program,
    failure,
    reproduce: async (candidate) => {
      const { ending } = await bench.run(candidate, signal);
      if (ending.is === 'infrastructure') return 'infrastructure';
      return ending.is === 'failed' ? ending.failure : null;
    },
    budget: BUDGET,
    rules,
    signal,
  });
  return shrunk.program.steps.length;
}
