import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Step } from '../../../program/step.ts';
import { compareMeasures, measure } from '../../../search/shrink/measure.ts';
import { goalOf, isAway } from '../../../search/shrink/surface-pass.ts';

const steps: Step[] = [
  { op: 'run', via: 'cli', as: 'box1' },
  { op: 'inspect', via: 'rest', on: 'box1', by: 'name' },
  { op: 'stop', via: 'rest', on: ['box1', '?nobody'], by: 'prefix' },
  { op: 'wait', exec: '?bogus' },
];

it('counts steps, targets, steps away from the surface of the failing one, and spellings', () => {
  expect(measure(steps, null)).toEqual([4, 2, 1, 2]);
  expect(measure(steps, 0)).toEqual([4, 2, 2, 2]);
  expect(measure(steps, 3)).toEqual([4, 2, 1, 2]);
  expect(measure(steps.slice(3), null)).toEqual([1, 0, 0, 0]);
});

it('has the surface of the failing step, else of the last that has one', () => {
  expect([goalOf({ steps, failing: 0 }), goalOf({ steps, failing: null })]).toEqual(['cli', 'rest']);
  expect(goalOf({ steps, failing: 3 })).toBe('rest');
  expect(goalOf({ steps: steps.slice(3), failing: null })).toBeNull();
  const restart: Step = { op: 'restart', via: 'url', on: ['box1'] };
  expect([isAway(restart, 'rest'), isAway(restart, 'cli'), isAway(restart, 'url')]).toEqual([
    false,
    true,
    false,
  ]);
});

it('is compared from the left, whatever is missing counting nothing', () => {
  expect(compareMeasures([1, 9], [2, 0])).toBeLessThan(0);
  expect(compareMeasures([1, 2], [1, 1])).toBeGreaterThan(0);
  expect(compareMeasures([1], [1, 0, 0])).toBe(0);
  expect(compareMeasures([1], [1, 0, 1])).toBeLessThan(0);
  const sizes = fc.array(fc.nat(3), { maxLength: 4 });
  fc.assert(
    fc.property(sizes, sizes, (a, b) => {
      expect(Math.sign(compareMeasures(a, b))).toBe(0 - Math.sign(compareMeasures(b, a)));
    }),
  );
});
