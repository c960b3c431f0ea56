import * as fc from 'fast-check';
import type { Program } from '../../program/program.ts';
import type { Surface } from '../../program/step.ts';
import { ProgramArbitrary } from '../../search/generate/program-arbitrary.ts';
import { programSeed } from '../../search/generate/seed.ts';
import { defaultSettings, type SearchSettings } from '../../search/generate/settings.ts';
import { rules } from './reference.ts';

/** All surfaces a target may have. */
export const everySurface: readonly Surface[] = ['cli', 'url', 'rest'];

/** What programs are drawn for; absent parts are as in a campaign. */
export interface Drawing extends Partial<Pick<SearchSettings, 'maxSteps' | 'lengths'>> {
  readonly surfaces?: readonly Surface[];
}

/** Program number `index` of a seed: the one a campaign of this seed draws when coverage does not guide it. */
export function drawProgram(seed: number, index: number, drawing: Drawing = {}): Program {
  const { surfaces = everySurface, ...rest } = drawing;
  const own = programSeed(seed, index);
  const settings = { ...defaultSettings, ...rest };
  const programs = new ProgramArbitrary(rules, { surfaces: new Set(surfaces), settings, seed: own });
  const [program] = fc.sample(programs, { seed: own, numRuns: 1 });
  if (!program) throw new Error(`bench: no program could be drawn for seed ${own}`);
  return program;
}
