import * as fc from 'fast-check';
import type { History, RunProgram } from '../../program/history.ts';
import type { Program } from '../../program/program.ts';
import type { Guide } from '../coverage/guide/guide.ts';
import { ProgramArbitrary } from '../generate/program-arbitrary.ts';
import type { CampaignOptions } from './types.ts';

/**
 * Draws the program of a seed and runs it, as one fast-check property of one run: seeds mean what they mean in
 * fast-check. Shrinking is left to the campaign, which classifies first.
 */
export async function checkOne(
  options: CampaignOptions,
  guide: Guide | null,
  run: RunProgram,
  seed: number,
): Promise<History> {
  const { rules, surfaces, settings } = options;
  const arbitrary = new ProgramArbitrary(rules, {
    surfaces,
    seed,
    ...(guide && { guide }),
    ...(settings && { settings }),
  });
  let history: History | undefined;
  let thrown: unknown;
  const property = fc.asyncProperty(arbitrary, async (program: Program) => {
    try {
      history = await run(program, options.signal);
    } catch (error) {
      thrown = error;
    }
    return history?.ending.is === 'passed';
  });
  await fc.check(property, { seed, numRuns: 1, endOnFailure: true });
  if (history) return history;
  throw thrown ?? new Error(`search: no program could be drawn for seed ${seed}`);
}
