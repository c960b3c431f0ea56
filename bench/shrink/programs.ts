import type { Program } from '../../program/program.ts';
import { seededChance } from '../harness/chance.ts';
import { drawProgram } from '../harness/draw.ts';
import { type Plant, plant } from './plant.ts';

/** A program that fails at its last step, and needs few of the others for it. */
export interface Planted {
  readonly program: Program;
  readonly plant: Plant;
}

/** Programs of exactly so many steps, as the search draws them, each with a failure that needs exactly so many. */
export function* plantedPrograms(steps: number, needed: number, seed: number): Generator<Planted, void> {
  const lengths = [
    { upTo: steps - 1, weight: 0 },
    { upTo: steps, weight: 1 },
  ];
  for (let index = 0; ; index++) {
    const program = drawProgram(seed, index, { maxSteps: steps, lengths });
    if (program.steps.length !== steps) continue;
    const planted = plant(program, needed, seededChance(program.seed ?? seed));
    if (planted) yield { program, plant: planted };
  }
}
