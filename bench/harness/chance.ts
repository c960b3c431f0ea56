import { programSeed } from '../../search/generate/seed.ts';

/** Repeatable chance for the benchmarks' own decisions: a whole number from 0 on, below the limit. */
export type Chance = (limit: number) => number;

/** Chance that depends on its seed alone. */
export function seededChance(seed: number): Chance {
  let drawn = 0;
  return (limit) => (programSeed(seed, drawn++) >>> 0) % limit;
}
