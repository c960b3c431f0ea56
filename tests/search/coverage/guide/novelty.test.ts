import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cellOfText, cellText } from '../../../../search/coverage/guide/goal.ts';
import { groundOf, Novelty } from '../../../../search/coverage/guide/novelty.ts';

const gains = { missingPairGain: 5, refusedGain: 0.1 };
const goal = fc.record({
  op: fc.constantFrom('run', 'stop', 'exec'),
  via: fc.constantFrom('cli', 'rest'),
  situation: fc.constantFrom('sandbox/running', 'job/stopped'),
  answer: fc.constantFrom('allowed' as const, 'refused' as const),
});
const goals = fc.uniqueArray(goal, { minLength: 1, selector: cellText });

describe('novelty', () => {
  it('is the same whether cells were tried before or are tried now', () => {
    fc.assert(
      fc.property(goals, fc.infiniteStream(fc.nat(2)), (some, times) => {
        const counts = some.map(() => times.next().value);
        // One cell stays untried, so that what "least" means does not change on the way.
        counts[0] = 0;
        const ground = groundOf(some);
        const now = new Novelty(ground, Array(some.length).fill(0), gains);
        counts.forEach((count, index) => {
          for (let i = 0; i < count; i++) now.add(index);
        });
        const before = new Novelty(ground, counts, gains);
        for (const [index, count] of counts.entries())
          if (count === 0) expect(now.values[index]).toBeCloseTo(before.values[index] as number);
        expect(now.untried()).toBe(before.untried());
      }),
    );
  });

  it('is more for what was never tried than for all that was', () => {
    const some = ['run', 'stop', 'exec'].flatMap((op) =>
      ['cli', 'rest', 'url'].map((via) => cellOfText(`${op} | ${via} | s | allowed`)),
    );
    const counts = some.map((_, index) => (index === 4 ? 0 : 1));
    const { values } = new Novelty(groundOf(some), counts, gains);
    const tried = values.reduce((sum, value, index) => (index === 4 ? sum : sum + value), 0);
    expect(values[4]).toBeGreaterThan(tried);
  });

  it('is more for a pair that nothing has shown, most for one that a single cell can show', () => {
    const some = [
      'run | cli | s | allowed',
      'run | rest | s | allowed',
      'stop | cli | s | allowed',
      'exec | cli | t | allowed',
    ].map(cellOfText);
    const { values } = new Novelty(groundOf(some), [1, 0, 0, 0], gains);
    // run+rest, rest+s are missing; stop+cli, stop+s; exec+cli, exec+t, cli+t.
    expect(values[3]).toBeGreaterThan(values[1] as number);
    expect(values[1]).toBeCloseTo(1 + 2 * 5);
    const crowded = groundOf([...some, cellOfText('run | url | s | allowed')]);
    const [before] = new Novelty(crowded, [0, 0, 0, 0, 0], gains).values;
    expect(before).toBeCloseTo(1 + 5 * (1 + 1 / Math.sqrt(3) + 1 / Math.sqrt(2)));
  });

  it('counts refusals for less', () => {
    const some = ['run | cli | s | allowed', 'run | cli | s | refused'].map(cellOfText);
    const [allowed, refused] = new Novelty(groundOf(some), [0, 0], gains).values;
    expect(refused).toBeCloseTo((allowed as number) / 10);
  });

  it('goes on among the least tried when everything was tried', () => {
    const some = ['run | cli | s | allowed', 'stop | cli | s | allowed'].map(cellOfText);
    const { values } = new Novelty(groundOf(some), [3, 7], gains);
    expect(values[0]).toBe(1);
    expect(values[1]).toBeCloseTo((4 / 8) ** 4);
  });
});
