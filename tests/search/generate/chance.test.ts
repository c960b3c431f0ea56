import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { chance, pickWeighted } from '../../../search/generate/chance.ts';

/** A source that gives this share of its range, rounded down. */
const at = (share: number): fc.Random =>
  ({ nextInt: (from: number, to: number) => from + Math.floor(share * (to - from)) }) as fc.Random;

it('never happens with 0, always with 1', () => {
  for (const share of [0, 0.5, 1]) {
    expect(chance(at(share), 0)).toBe(false);
    expect(chance(at(share), 1)).toBe(true);
  }
  expect([0.29, 0.31].map((share) => chance(at(share), 0.3))).toEqual([true, false]);
});

it('gives each entry its share of the range, and none to what weighs nothing', () => {
  const entries = [['a', 1] as const, ['none', 0] as const, ['b', 3] as const];
  const shares = [0, 0.24, 0.26, 1];
  expect(shares.map((share) => pickWeighted(at(share), entries))).toEqual(['a', 'a', 'b', 'b']);
});

it('gives nothing where nothing weighs anything', () => {
  expect(pickWeighted(at(0), [])).toBeNull();
  expect(pickWeighted(at(0.5), [['a', 0]])).toBeNull();
});

it('gives an entry that weighs something whatever rounding leaves', () => {
  const weights = fc.array(fc.double({ min: 0, max: 1e3, noNaN: true }), { minLength: 1, maxLength: 20 });
  fc.assert(
    fc.property(weights, fc.double({ min: 0, max: 1, noNaN: true }), (all, share) => {
      const picked = pickWeighted(
        at(share),
        all.map((weight, i) => [i, weight] as const),
      );
      if (all.every((weight) => weight === 0)) expect(picked).toBeNull();
      else expect(all[picked ?? -1]).toBeGreaterThan(0);
    }),
  );
  // 0.1 ten times is a little less than 1, and the last entry weighs nothing.
  const tenths = [...Array.from({ length: 10 }, (_, i) => [i, 0.1] as const), [10, 0] as const];
  expect(pickWeighted({ nextInt: (_from: number, to: number) => to + 1 } as fc.Random, tenths)).toBe(9);
});
