import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { balanced, type Case } from '../../commands/balance.ts';

const cases = (refusal: string, kind: string, many: number, weight = 1): Case<string>[] =>
  Array.from({ length: many }, (_, i) => ({ step: `${refusal}/${kind}/${i}`, weight, refusal, kind }));

function shares(all: readonly Case<string>[], of: (step: string) => string): Map<string, number> {
  const arbitrary = balanced(all);
  if (!arbitrary) throw new Error('nothing to draw from');
  const drawn = fc.sample(arbitrary, { numRuns: 2000, seed: 3 });
  return new Map(
    [...Map.groupBy(drawn, of)].map(([name, steps]) => [name, steps.length / drawn.length] as const),
  );
}

it('has nothing to draw from nothing', () => expect(balanced([])).toBeNull());

it('draws a lonely refusal as often as one with a hundred steps', () => {
  const found = shares(
    [...cases('unknown', 'any', 100), ...cases('busy', 'any', 1)],
    (step) => step.split('/')[0] ?? '',
  );
  expect(found.get('busy')).toBeGreaterThan(0.45);
  expect(found.get('busy')).toBeLessThan(0.55);
});

it('draws a large kind more often than a small one, but not by its size', () => {
  const found = shares(
    [...cases('', 'print', 16), ...cases('', 'mounts', 1)],
    (step) => step.split('/')[1] ?? '',
  );
  expect(found.get('mounts')).toBeGreaterThan(0.15);
  expect(found.get('mounts')).toBeLessThan(0.25);
});

it('draws every candidate', () => {
  const all = [...cases('', 'a', 5), ...cases('busy', 'a', 2), ...cases('busy', 'b', 3)];
  expect(shares(all, (step) => step).size).toBe(all.length);
});

it('draws a weight as it draws so many candidates alike', () => {
  const heavy = [...cases('', 'print', 1, 16), ...cases('', 'mounts', 1)];
  const found = shares(heavy, (step) => step.split('/')[1] ?? '');
  expect(found.get('mounts')).toBeGreaterThan(0.15);
  expect(found.get('mounts')).toBeLessThan(0.25);
  const one = [
    ...cases('', 'a', 1, 3),
    ...cases('busy', 'a', 0),
    { ...cases('', 'a', 2)[1] },
  ] as Case<string>[];
  expect(shares(one, (step) => step).get('/a/0')).toBeGreaterThan(0.7);
});
