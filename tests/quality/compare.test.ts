import { expect, it } from 'vitest';
import { changeLines, changes } from '../../quality/compare.ts';
import { rowOf } from '../../quality/summary.ts';
import { defect, killed, survived } from './trials.ts';

const minimum = { class: 'deterministic', caught: { unexpected: 2 } } as const;
const row = (...trials: Parameters<typeof rowOf>[2]) => rowOf(defect, minimum, trials);

it('finds nothing between equal scoreboards', () => {
  const rows = [row(killed(1), survived(2))];
  expect(changes(rows, rows)).toEqual([]);
});

it('tells that a kill was lost, and that one was won', () => {
  const [won, lost] = [row(killed(1), killed(2)), row(killed(1), survived(2))];
  expect(changes([won], [lost])).toMatchObject([{ better: false, text: 'killed 2/2 -> 1/2' }]);
  expect(changes([lost], [won])).toMatchObject([{ better: true, text: 'killed 1/2 -> 2/2' }]);
});

it('takes a small change of a mean for chance, a large one not', () => {
  const after = (programs: number) => [row(killed(1, { programs }))];
  expect(changes(after(4), after(5))).toEqual([]);
  expect(changes(after(4), after(12))).toMatchObject([
    { better: false, text: expect.stringContaining('4 -> 12') },
  ]);
});

it('tells that shrinking ends further from the minimum', () => {
  const found = changes([row(killed(1, { steps: 2 }))], [row(killed(1, { steps: 3 }))]);
  expect(found).toMatchObject([{ better: false, text: 'at the minimum 100 % -> 0 %' }]);
});

it('puts the worse lines first and names what only one has', () => {
  const old = {
    format: 1 as const,
    startedAt: '2026-01-01',
    rows: [row(killed(1)), { ...row(killed(1)), name: 'gone' }],
  };
  const lines = changeLines(old, [row(survived(1)), { ...row(killed(1)), name: 'fresh' }]);
  expect(lines.slice(1)).toEqual([
    'worse   stop-code-zero: killed 1/1 -> 0/1',
    'new     fresh',
    'absent  gone',
  ]);
});
