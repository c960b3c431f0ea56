import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { goalOfText, goalText } from '../../../../search/coverage/guide/goal.ts';
import { goalsWithPairs, newNovelty } from '../../../../search/coverage/guide/guide.ts';

const goal = fc.record({
  op: fc.constantFrom('run', 'stop', 'exec'),
  via: fc.constantFrom('cli', 'rest'),
  situation: fc.constantFrom('sandbox/running', 'job/stopped'),
  answer: fc.constantFrom('allowed' as const, 'refused' as const),
});
const goals = fc.uniqueArray(goal, { minLength: 1, selector: goalText });

describe('novelty', () => {
  it('is the same whether goals were tried before or are tried now', () => {
    fc.assert(
      fc.property(goals, fc.infiniteStream(fc.nat(2)), (some, times) => {
        const counts = some.map(() => times.next().value);
        const ground = goalsWithPairs(some);
        const now = newNovelty(ground, Array(some.length).fill(0));
        counts.forEach((count, index) => {
          for (let i = 0; i < count; i++) now.add(index);
        });
        const before = newNovelty(ground, counts);
        expect([...now.values]).toEqual([...before.values]);
      }),
    );
  });

  it('is more for what was never tried than for all that was', () => {
    const some = ['run', 'stop', 'exec'].flatMap((op) =>
      ['cli', 'rest', 'url'].map((via) => goalOfText(`${op} | ${via} | s | allowed`)),
    );
    const counts = some.map((_, index) => (index === 4 ? 0 : 1));
    const { values } = newNovelty(goalsWithPairs(some), counts);
    const tried = values.reduce((sum, value, index) => (index === 4 ? sum : sum + value), 0);
    expect(values[4]).toBeGreaterThan(tried);
  });

  it('is more for each pair that nothing has shown', () => {
    const some = [
      'run | cli | s | allowed',
      'run | rest | s | allowed',
      'stop | cli | s | allowed',
      'exec | cli | t | allowed',
    ].map(goalOfText);
    const { values } = newNovelty(goalsWithPairs(some), [1, 0, 0, 0]);
    // Missing: run+rest and rest+s; stop+cli and stop+s; exec+cli, exec+t and cli+t.
    expect([...values]).toEqual([(1 / 2) ** 4, 1 + 2 * 5, 1 + 2 * 5, 1 + 3 * 5]);
  });

  it('counts refusals for less', () => {
    const some = ['run | cli | s | allowed', 'run | cli | s | refused'].map(goalOfText);
    const [allowed, refused] = newNovelty(goalsWithPairs(some), [0, 0]).values;
    expect(refused).toBeCloseTo((allowed as number) / 100);
  });

  it('goes on among the least tried when everything was tried', () => {
    const some = ['run | cli | s | allowed', 'stop | cli | s | allowed'].map(goalOfText);
    const { values } = newNovelty(goalsWithPairs(some), [3, 7]);
    expect((values[1] as number) / (values[0] as number)).toBeCloseTo((4 / 8) ** 4);
  });
});
