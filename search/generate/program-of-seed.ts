import * as fc from 'fast-check';
import type { Program } from '../../program/program.ts';
import type { Rules } from '../worlds/rules.ts';
import { ProgramArbitrary, type ProgramOptions } from './program-arbitrary.ts';

/**
 * The program of a seed: the one and only value fast-check draws with it, so that a campaign, smoke, a comparison and
 * the measurements mean the same by a seed.
 * @throws when no program can be drawn
 */
export function programOfSeed(rules: Rules, options: ProgramOptions & { readonly seed: number }): Program {
  const { seed } = options;
  const [program] = fc.sample(new ProgramArbitrary(rules, options), { seed, numRuns: 1 });
  if (!program) throw new Error(`search: no program could be drawn for seed ${seed}`);
  return program;
}
