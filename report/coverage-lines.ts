import { commandSurfaces } from './command-surfaces.ts';
import { coverageTable } from './coverage-table.ts';
import type { CoverageRow } from './invocation-record.ts';

/** Operations on surfaces that exist and of which no step was executed. */
export function neverExecuted(rows: readonly CoverageRow[]): { op: string; surface: string }[] {
  const done = new Set(rows.map(({ op, surface }) => `${op} ${surface}`));
  return commandSurfaces().filter(({ op, surface }) => !done.has(`${op} ${surface}`));
}

/**
 * The table per command × surface × state with counts as plain text: a line for each command and surface with
 * its number of steps, below it each state with what came of it.
 */
export function coverageLines(rows: readonly CoverageRow[]): string[] {
  const { surfaces, rows: operations } = coverageTable(rows);
  const lines = operations.flatMap(({ op, cells }) =>
    cells.flatMap((situations, column) => {
      if (situations.length === 0) return [];
      const total = situations.reduce((sum, one) => sum + one.total, 0);
      const head = `${op.padEnd(12)} ${(surfaces[column] ?? '').padEnd(5)} ${String(total).padStart(6)}`;
      const states = situations.map(
        ({ situation, outcomes }) =>
          `${' '.repeat(14)}${situation}: ${outcomes.map(({ outcome, count }) => `${outcome} ${count}`).join(', ')}`,
      );
      return [head, ...states];
    }),
  );
  const missing = neverExecuted(rows).map(({ op, surface }) => `NEVER EXECUTED  ${op} ${surface}`);
  return [...lines, ...missing];
}

/** Adds up the tables of several runs. */
export function mergedCoverage(tables: readonly (readonly CoverageRow[])[]): CoverageRow[] {
  const sums = new Map<string, CoverageRow>();
  for (const row of tables.flat()) {
    const key = [row.op, row.surface, row.situation, row.outcome].join('\0');
    const sum = sums.get(key) ?? { ...row, count: 0 };
    sum.count += row.count;
    sums.set(key, sum);
  }
  return [...sums.values()];
}
