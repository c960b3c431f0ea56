import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { programSeed } from '../../../search/generate/seed.ts';

it('gives every program of a campaign a 32-bit seed of its own', () => {
  fc.assert(
    fc.property(fc.integer(), (seed) => {
      const seeds = Array.from({ length: 2000 }, (_, i) => programSeed(seed, i));
      expect(new Set(seeds).size).toBe(seeds.length);
      expect(seeds.every((s) => s === (s | 0))).toBe(true);
    }),
    { numRuns: 20 },
  );
});

it('gives neighbouring campaigns other programs', () => {
  const of = (seed: number) => Array.from({ length: 1000 }, (_, i) => programSeed(seed, i));
  const shared = of(1).filter((seed) => new Set(of(2)).has(seed));
  expect(shared).toEqual([]);
});
