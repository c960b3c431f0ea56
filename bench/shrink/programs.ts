import * as fc from 'fast-check';
import type { Program } from '../../program/program.ts';
import { rules } from '../../quality/bench.ts';
import { ProgramArbitrary } from '../../search/generate/program-arbitrary.ts';
import { programSeed } from '../../search/generate/seed.ts';
import { defaultSettings } from '../../search/generate/settings.ts';
import { seededChance } from '../planted/chance.ts';
import { type Plant, plant } from '../planted/plant.ts';

/** A program that fails at its last step, and needs few of the others for it. */
export interface Planted {
  readonly program: Program;
  readonly plant: Plant;
}

/** Programs of exactly so many steps, as our search draws them, each with a failure that needs exactly so many. */
export function* plantedPrograms(steps: number, needed: number, seed: number): Generator<Planted, void> {
  const settings = {
    ...defaultSettings,
    maxSteps: steps,
    lengths: [
      { upTo: steps - 1, weight: 0 },
      { upTo: steps, weight: 1 },
    ],
  };
  const surfaces = new Set(['cli', 'url', 'rest'] as const);
  for (let index = 0; ; index++) {
    const own = programSeed(seed, index);
    const programs = new ProgramArbitrary(rules, { surfaces, settings, seed: own });
    const [program] = fc.sample(programs, { seed: own, numRuns: 1 });
    if (program?.steps.length !== steps) continue;
    const planted = plant(program, needed, seededChance(own));
    if (planted) yield { program, plant: planted };
  }
}
