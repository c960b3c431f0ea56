import type { CoverageRow } from './invocation-record.ts';

/** Counts of one situation: how often each outcome was seen. */
export interface SituationCount {
  situation: string;
  total: number;
  outcomes: { outcome: string; count: number }[];
}

/** Rows are operations, columns surfaces; a cell lists the situations it was tried in. */
export interface CoverageTable {
  surfaces: string[];
  rows: { op: string; total: number; cells: SituationCount[][] }[];
}

const order = ['cli', 'url', 'rest'];
const rank = (surface: string): number => (order.includes(surface) ? order.indexOf(surface) : order.length);

/** The table per command × surface × state, with counts. */
export function coverageTable(rows: readonly CoverageRow[]): CoverageTable {
  const surfaces = unique(rows.map((row) => row.surface)).sort(
    (a, b) => rank(a) - rank(b) || a.localeCompare(b),
  );
  const ops = unique(rows.map((row) => row.op)).sort();
  return {
    surfaces,
    rows: ops.map((op) => {
      const own = rows.filter((row) => row.op === op);
      return {
        op,
        total: sum(own),
        cells: surfaces.map((surface) => situations(own.filter((row) => row.surface === surface))),
      };
    }),
  };
}

function situations(rows: readonly CoverageRow[]): SituationCount[] {
  return unique(rows.map((row) => row.situation))
    .sort()
    .map((situation) => {
      const own = rows.filter((row) => row.situation === situation);
      const outcomes = own
        .map(({ outcome, count }) => ({ outcome, count }))
        .sort((a, b) => b.count - a.count);
      return { situation, total: sum(own), outcomes };
    });
}

const unique = (texts: readonly string[]): string[] => [...new Set(texts)];
const sum = (rows: readonly CoverageRow[]): number => rows.reduce((total, row) => total + row.count, 0);
