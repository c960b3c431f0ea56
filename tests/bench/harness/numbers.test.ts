import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fixed, mean, percent, spread } from '../../../bench/harness/numbers.ts';

it('prints the mean of nothing as a dash, and rounds for people', () => {
  expect([fixed(mean([])), percent(null), fixed(undefined)]).toEqual(['-', '-', '-']);
  expect([0.04, 2.66, 3.04, 123.4, 250.5].map(fixed)).toEqual(['0', '2.7', '3', '123', '251']);
  expect(percent(0.996)).toBe('99.6 %');
});

describe('a spread', () => {
  it('is null for no numbers', () => expect(spread([])).toBeNull());

  it('has its mean and median between the smallest and the largest', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 1000 }), { minLength: 1 }), (numbers) => {
        const { mean, median, max } = spread(numbers) ?? { mean: -1, median: -1, max: -1 };
        expect(max).toBe(Math.max(...numbers));
        expect(numbers).toContain(median);
        expect(mean).toBeGreaterThanOrEqual(Math.min(...numbers));
        expect(mean).toBeLessThanOrEqual(max);
      }),
    );
  });
});
