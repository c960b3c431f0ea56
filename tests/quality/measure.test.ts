import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { fromBothEnds } from '../../quality/measure.ts';

it('takes from both ends in turn, the last first', () => {
  expect(fromBothEnds([1, 2, 3, 4, 5])).toEqual([5, 1, 4, 2, 3]);
  expect(fromBothEnds([1, 2, 3, 4])).toEqual([4, 1, 3, 2]);
});

it('leaves nothing out and takes nothing twice', () => {
  fc.assert(
    fc.property(fc.array(fc.nat()), (items) => {
      const numbers = items.map((_, index) => index);
      expect(fromBothEnds(numbers).sort((a, b) => a - b)).toEqual(numbers);
    }),
  );
});
