import { describe, expect, it } from 'vitest';
import { effortFor } from '../../../bench/shrink/effort.ts';
import { shrinkLosses } from '../../../bench/shrink/part.ts';
import { type Element, matcher } from '../../../bench/shrink/pattern.ts';
import { failureOf, type Planted, plantedPrograms } from '../../../bench/shrink/plant.ts';

const el = (what: string, ...handles: string[]): Element => ({ what, handles });
const matches = (pattern: Element[], elements: Element[]): boolean => {
  return elements.some(matcher(pattern));
};

describe('the pattern of a planted failure', () => {
  const pattern = [el('make', 'a'), el('use', 'a'), el('drop', 'a')];

  it('is found in order, with anything in between', () => {
    expect(
      matches(pattern, [el('make', 'x'), el('make', 'y'), el('use', 'y'), el('use', 'x'), el('drop', 'y')]),
    ).toBe(true);
  });

  it('wants the same handle throughout', () => {
    expect(matches(pattern, [el('make', 'x'), el('make', 'y'), el('use', 'x'), el('drop', 'y')])).toBe(false);
  });

  it('wants its steps in their order', () => {
    expect(matches(pattern, [el('make', 'x'), el('drop', 'x'), el('use', 'x')])).toBe(false);
  });

  it('takes different handles for different ones', () => {
    const two = [el('make', 'a'), el('make', 'b'), el('join', 'a', 'b')];
    expect(matches(two, [el('make', 'x'), el('join', 'x', 'x'), el('make', 'y')])).toBe(false);
    expect(matches(two, [el('make', 'x'), el('make', 'y'), el('join', 'x', 'y')])).toBe(true);
  });
});

describe('a planted failure', () => {
  const planted = plantedPrograms(12, 3, 5);

  it('shows at the last step, and needs exactly so many steps', async () => {
    for (let i = 0; i < 5; i++) {
      const one = planted.next().value as Planted;
      const { program, pattern } = one;
      expect(program.steps).toHaveLength(12);
      expect(pattern).toHaveLength(3);
      expect(failureOf(pattern, program)?.at).toBe(11);
      expect(failureOf(pattern, { ...program, steps: program.steps.slice(0, -1) })).toBeNull();
      expect(await effortFor(one, new AbortController().signal)).toMatchObject({ steps: 3 });
    }
  });
});

describe('losses of shrinking', () => {
  const result = (runs: number, steps = 5) => ({
    steps: 20,
    needed: 5,
    seed: 1,
    programs: 1,
    efforts: [{ runs, all: runs + 8, boots: runs, commands: runs, steps }],
  });

  it('are the targets that programs of twenty steps miss', () => {
    expect(shrinkLosses(result(20))).toEqual([]);
    expect(shrinkLosses(result(30))).toEqual([expect.stringContaining('30 runs, target 25')]);
    expect(shrinkLosses(result(20, 6))).toEqual([expect.stringContaining('minimum in 0 %')]);
    expect(shrinkLosses({ ...result(90, 9), steps: 50 })).toEqual([]);
  });
});
