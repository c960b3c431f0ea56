import { expect, test } from 'vitest';
import { commandSurfaces, coverageLines, mergedCoverage, neverExecuted } from '../../report/coverage.ts';
import type { CoverageRow } from '../../report/invocation-record.ts';

const all: CoverageRow[] = commandSurfaces().map((one) => ({
  ...one,
  situation: 'job/running',
  outcome: 'done',
  count: 2,
}));

test('every command on every surface it exists on is in the universe', () => {
  expect(commandSurfaces()).toContainEqual({ op: 'exec', surface: 'rest' });
  expect(commandSurfaces()).toContainEqual({ op: 'wait', surface: '-' });
  expect(commandSurfaces()).not.toContainEqual({ op: 'restart', surface: 'rest' });
});

test('what was never executed is named', () => {
  expect(neverExecuted(all)).toEqual([]);
  const [first, ...rest] = all;
  expect(neverExecuted(rest)).toEqual([{ op: first?.op, surface: first?.surface }]);
  expect(coverageLines(rest).at(-1)).toBe(`NEVER EXECUTED  ${first?.op} ${first?.surface}`);
});

test('several runs add up, per outcome', () => {
  const merged = mergedCoverage([all, all, [{ ...(all[0] as CoverageRow), outcome: 'refused' }]]);
  expect(merged).toHaveLength(all.length + 1);
  expect(merged[0]?.count).toBe(4);
  expect(coverageLines(merged).join('\n')).toMatch(/job\/running: done 4, refused 2/u);
});
