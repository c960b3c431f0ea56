import * as fc from 'fast-check';
import type { Program } from '../program/program.ts';
import { ProgramArbitrary } from '../search/program-arbitrary.ts';
import { programSeed } from '../search/seed.ts';
import { rules } from './bench.ts';

const surfaces = new Set(['cli', 'url', 'rest'] as const);

/** Program number `index` of a seed: the one a campaign of this seed that is not guided by coverage draws. */
export function drawProgram(seed: number, index: number): Program {
  const own = programSeed(seed, index);
  const [program] = fc.sample(new ProgramArbitrary(rules, { surfaces, seed: own }), { seed: own, numRuns: 1 });
  if (!program) throw new Error(`quality: no program could be drawn for seed ${own}`);
  return program;
}
