import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { classes, type Difference, groupDifferences, type Sighting } from '../../../verdict/diff.ts';

const difference: fc.Arbitrary<Difference> = fc.record({
  class: fc.constantFrom(...classes),
  at: fc.nat(20),
  op: fc.constantFrom('run', 'rm'),
  via: fc.constantFrom('cli', 'rest'),
  situation: fc.constantFrom('job/running', 'any'),
  what: fc.constantFrom('code', 'other stdout'),
  seen: fc.constant(['a', 'b'] as const),
});
const sightings: fc.Arbitrary<Sighting[]> = fc.array(
  fc.record({ program: fc.constantFrom('p1', 'p2', 'p3'), steps: fc.nat(30), difference }),
);

test('nothing is lost, nothing is counted twice', () => {
  fc.assert(
    fc.property(sightings, (all) => {
      const groups = groupDifferences(all);
      expect(groups.reduce((sum, { count }) => sum + count, 0)).toBe(all.length);
      const keys = groups.map(({ class: is, op, via, situation, what }) =>
        [is, op, via, situation, what].join(),
      );
      expect(new Set(keys).size).toBe(groups.length);
    }),
  );
});

test('the example is the shortest program that shows it', () => {
  fc.assert(
    fc.property(sightings, (all) => {
      for (const group of groupDifferences(all)) {
        const own = all.filter(
          ({ difference: one }) =>
            one.class === group.class &&
            one.op === group.op &&
            one.via === group.via &&
            one.situation === group.situation &&
            one.what === group.what,
        );
        expect(group.example.steps).toBe(Math.min(...own.map(({ steps }) => steps)));
        expect(group.programs).toBe(new Set(own.map(({ program }) => program)).size);
      }
    }),
  );
});

test('worst first, then the most frequent', () => {
  fc.assert(
    fc.property(sightings, (all) => {
      const ranks = groupDifferences(all).map(
        (group) => [classes.indexOf(group.class), -group.count] as const,
      );
      const sorted = ranks.toSorted((a, b) => a[0] - b[0] || a[1] - b[1]);
      expect(ranks).toEqual(sorted);
    }),
  );
});

test('rates of one kind are put together', () => {
  const [one] = fc.sample(difference, 1) as [Difference];
  const sighting = (program: string, rate?: Difference['rate']): Sighting => ({
    program,
    steps: 3,
    difference: { ...one, ...(rate && { rate }) },
  });
  const [group] = groupDifferences([
    sighting('p1', { same: 1, runs: 3 }),
    sighting('p2', { same: 3, runs: 3 }),
  ]);
  expect(group?.rate).toEqual({ same: 4, runs: 6 });
  expect(groupDifferences([sighting('p1')])[0]).not.toHaveProperty('rate');
});

test('of programs of one length the first seen is the example', () => {
  const [one] = fc.sample(difference, 1) as [Difference];
  const seen = (program: string, steps: number): Sighting => ({ program, steps, difference: one });
  const [group] = groupDifferences([seen('long', 9), seen('first', 3), seen('second', 3)]);
  expect(group?.example.program).toBe('first');
});

test('the order of equally bad and frequent ones does not depend on which was seen first', () => {
  const [one] = fc.sample(difference, 1) as [Difference];
  const ofThis = (what: string): Sighting => ({ program: 'p1', steps: 3, difference: { ...one, what } });
  const order = (...whats: string[]) => groupDifferences(whats.map(ofThis)).map(({ what }) => what);
  for (const whats of [
    ['a', 'b', 'c'],
    ['c', 'b', 'a'],
    ['b', 'c', 'a'],
  ]) {
    expect(order(...whats)).toEqual(['a', 'b', 'c']);
  }
});
