import { expect, it } from 'vitest';
import { tableLines } from '../../../bench/harness/table.ts';

it('aligns a table, text to the left and numbers to the right', () => {
  const rows = [
    ['a', '5', '1/2'],
    ['bcdef', '17', '-'],
  ];
  expect(tableLines({ head: ['tool', 'runs', 'killed'], rows })).toEqual([
    'tool   runs  killed',
    'a         5     1/2',
    'bcdef    17       -',
  ]);
});

it('prints a table without rows as its headings', () => {
  expect(tableLines({ head: ['tool', 'runs'], rows: [] })).toEqual(['tool  runs']);
});
