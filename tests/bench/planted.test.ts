import { describe, expect, it } from 'vitest';
import { type Element, Matcher } from '../../bench/planted/pattern.ts';
import { runPlanted } from '../../bench/planted/planted.ts';
import { shrinkOurs } from '../../bench/shrink/ours.ts';
import { type Planted, plantedPrograms } from '../../bench/shrink/programs.ts';
import { shrinkStock } from '../../bench/shrink/stock.ts';

const el = (what: string, ...handles: string[]): Element => ({ what, handles });
const matches = (pattern: Element[], elements: Element[]): boolean => {
  const matcher = new Matcher(pattern);
  return elements.some((element) => matcher.take(element));
};

describe('Matcher', () => {
  const pattern = [el('make', 'a'), el('use', 'a'), el('drop', 'a')];

  it('finds a pattern in order, with anything in between', () => {
    expect(
      matches(pattern, [el('make', 'x'), el('make', 'y'), el('use', 'y'), el('use', 'x'), el('drop', 'y')]),
    ).toBe(true);
  });

  it('wants the same handle throughout', () => {
    expect(matches(pattern, [el('make', 'x'), el('make', 'y'), el('use', 'x'), el('drop', 'y')])).toBe(false);
  });

  it('wants the order', () => {
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
      const { program, plant } = planted.next().value as Planted;
      expect(program.steps).toHaveLength(12);
      expect(plant.pattern).toHaveLength(3);
      expect(runPlanted(plant.pattern, program)?.at).toBe(11);
      expect(runPlanted(plant.pattern, { ...program, steps: program.steps.slice(0, -1) })).toBeNull();
      const { steps, runs, runsToBest } = await shrinkOurs(program, plant);
      expect(steps).toBe(3);
      expect(runsToBest).toBeLessThanOrEqual(runs);
    }
  });

  it('is shrunk by fc.commands too, and its runs are counted', async () => {
    const effort = await shrinkStock(8, 3, 4);
    expect(effort?.steps).toBeGreaterThanOrEqual(3);
    expect(effort?.steps).toBeLessThan(8);
    expect(effort?.runs).toBeGreaterThan(effort?.steps ?? 0);
  });
});
