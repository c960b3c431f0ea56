import type { History } from '../../program/history.ts';
import { ownEvents } from '../../program/own-events.ts';
import { addHistory, type CoverageTable } from '../coverage/coverage.ts';
import type { Totals } from './types.ts';

/** Nothing has been run. */
export const noTotals = (coverage: CoverageTable): Totals => ({
  programs: 0,
  steps: 0,
  boxes: 0,
  skipped: 0,
  cutShort: 0,
  infrastructure: 0,
  extraRuns: 0,
  findings: [],
  known: {},
  missed: {},
  coverage,
  elapsedMs: 0,
  stoppedBy: null,
});

/** Takes up any run: what it executed, what it covered. */
export function countRun(totals: Totals, history: History): void {
  totals.steps += ownEvents(history).length;
  totals.boxes += history.boxes;
  if (history.ending.is === 'infrastructure') totals.infrastructure++;
  addCounts(totals.known, history.known);
  addCounts(totals.missed, history.missed);
  addHistory(totals.coverage, history);
}

/** Takes up a drawn program that ran to a verdict. */
export function countProgram(totals: Totals, history: History): void {
  totals.programs++;
  totals.cutShort += history.cutShort;
  if (history.ending.is === 'passed')
    totals.skipped += history.program.steps.length - ownEvents(history).length;
}

function addCounts(into: Record<string, number>, from: Readonly<Record<string, number>>): void {
  for (const [id, count] of Object.entries(from)) into[id] = (into[id] ?? 0) + count;
}
