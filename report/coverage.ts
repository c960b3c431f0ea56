import { verbs } from '../commands/index.ts';
import { surfaceSchema } from '../domain/surface.ts';
import type { CoverageRow } from './invocation-record.ts';

/** Counts of one situation: how often each outcome was seen, the most frequent first. */
export interface SituationCount {
  situation: string;
  total: number;
  outcomes: CoverageRow[];
}

/** Rows are operations, columns surfaces; a cell lists the situations it was tried in. */
export interface CoverageTable {
  surfaces: string[];
  rows: { op: string; total: number; cells: SituationCount[][] }[];
}

/** The table per command × surface × state, with counts. */
export function coverageTable(rows: readonly CoverageRow[]): CoverageTable {
  const surfaces = [...surfaceSchema.options, '-'].filter((surface) =>
    rows.some((row) => row.surface === surface),
  );
  const cells = (own: readonly CoverageRow[]) =>
    surfaces.map((surface) => situations(own.filter((row) => row.surface === surface)));
  return {
    surfaces,
    rows: groups(rows, 'op').map(([op, own]) => ({ op, total: sum(own), cells: cells(own) })),
  };
}

const situations = (rows: readonly CoverageRow[]): SituationCount[] =>
  groups(rows, 'situation').map(([situation, own]) => ({
    situation,
    total: sum(own),
    outcomes: own.toSorted((a, b) => b.count - a.count),
  }));

const groups = (rows: readonly CoverageRow[], key: 'op' | 'situation'): [string, CoverageRow[]][] =>
  [...Map.groupBy(rows, (row) => row[key])].sort(([a], [b]) => (a < b ? -1 : 1));

const sum = (rows: readonly { readonly count: number }[]): number =>
  rows.reduce((total, { count }) => total + count, 0);

/** Every operation on every surface it exists on; `-` where there is no choice. */
export const commandSurfaces = (): { op: string; surface: string }[] =>
  Object.values(verbs).flatMap(({ op, surfaces, unsaid }) =>
    [...(unsaid ? ['-'] : []), ...surfaces].map((surface) => ({ op, surface })),
  );

/** Operations on surfaces that exist and of which no step was executed. */
export const neverExecuted = (rows: readonly CoverageRow[]): { op: string; surface: string }[] =>
  commandSurfaces().filter(
    ({ op, surface }) => !rows.some((row) => row.op === op && row.surface === surface),
  );

/** `ended 3, refused 1`: what came of one situation. */
export const outcomesText = ({ outcomes }: SituationCount): string =>
  outcomes.map(({ outcome, count }) => `${outcome} ${count}`).join(', ');

/** The table as plain text: a line for each command and surface, below it each state with what came of it. */
export function coverageLines(rows: readonly CoverageRow[]): string[] {
  const { surfaces, rows: operations } = coverageTable(rows);
  const lines = operations.flatMap(({ op, cells }) =>
    cells.flatMap((states, column) => {
      if (states.length === 0) return [];
      const total = states.reduce((all, one) => all + one.total, 0);
      const head = `${op.padEnd(12)} ${(surfaces[column] ?? '').padEnd(8)} ${String(total).padStart(6)}`;
      return [head, ...states.map((one) => `${' '.repeat(14)}${one.situation}: ${outcomesText(one)}`)];
    }),
  );
  return [...lines, ...neverExecuted(rows).map(({ op, surface }) => `NEVER EXECUTED  ${op} ${surface}`)];
}

/** Adds up the tables of several runs. */
export const mergedCoverage = (tables: readonly (readonly CoverageRow[])[]): CoverageRow[] =>
  Map.groupBy(tables.flat(), (row) => [row.op, row.surface, row.situation, row.outcome].join('\0'))
    .values()
    .map((same) => ({ ...(same[0] as CoverageRow), count: sum(same) }))
    .toArray();
