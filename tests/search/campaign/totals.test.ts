import { expect, it } from 'vitest';
import type { Program } from '../../../program/program.ts';
import { countProgram, countRun, noTotals } from '../../../search/campaign/totals.ts';
import { coverageTable } from '../../../search/coverage/coverage.ts';
import { historyOf } from '../fixtures/toy-runtime.ts';

const program: Program = {
  format: 1,
  contract: '0.10.7',
  steps: [
    { op: 'run', via: 'rest', as: 'box1' },
    { op: 'stop', via: 'rest', on: ['box1'] },
  ],
};

it('adds up what runs were executed, met and missed', () => {
  const totals = noTotals(coverageTable());
  const passed = historyOf(program, { is: 'passed' });
  countRun(totals, { ...passed, known: { one: 2 }, missed: { two: 1 } });
  countRun(totals, { ...passed, known: { one: 3, three: 1 } });
  countRun(totals, historyOf(program, { is: 'infrastructure', why: 'x' }));
  expect(totals).toMatchObject({ steps: 6, boxes: 3, infrastructure: 1, programs: 0 });
  expect(totals.known).toEqual({ one: 5, three: 1 });
  expect(totals.missed).toEqual({ two: 1 });
  expect(totals.coverage.keys.size).toBe(2);
});

it('counts steps that a program which passed did not execute', () => {
  const totals = noTotals(coverageTable());
  const passed = historyOf(program, { is: 'passed' });
  countProgram(totals, passed);
  expect(totals).toMatchObject({ programs: 1, skipped: 0, cutShort: 0 });
  countProgram(totals, { ...passed, events: passed.events.slice(0, 1), cutShort: 4 });
  expect(totals).toMatchObject({ programs: 2, skipped: 1, cutShort: 4 });
  countProgram(totals, { ...passed, events: [], ending: { is: 'infrastructure', why: 'x' } });
  expect(totals).toMatchObject({ programs: 3, skipped: 1 });
});
