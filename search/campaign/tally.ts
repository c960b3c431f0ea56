import type { History } from '../../program/history.ts';
import { nothingSpent, type RunFor, type Spent, spend } from './spent.ts';

/** Sums over programs and their runs. */
export interface Totals {
  /** Programs that ran to a verdict, those of the corpus that a campaign runs first not counted. */
  programs: number;
  corpus: number;
  passed: number;
  failed: number;
  /** Smoke in the lab: failed once, and never in the re-runs. */
  unconfirmed: number;
  /** Programs that were given, did not fail, and were not judged as a whole. */
  unjudged: number;
  /** Programs under which the machine broke each time they were tried. */
  infrastructure: number;
  /** Steps executed, looks of the oracles included, in all runs. */
  steps: number;
  boxes: number;
  cutShort: number;
}

/** How often an operation met a situation on a surface and was answered so. */
export interface CoverageRow {
  op: string;
  surface: string;
  situation: string;
  outcome: string;
  count: number;
}

/** Sums over histories, as they come. */
export interface Tally {
  /** Counts a program of the invocation's own, or of a campaign's corpus, as passed or failed, and its run as effort. */
  add(history: History, isCorpus?: boolean): void;
  /** Counts a run for another purpose, such as a re-run or a shrink: its steps and coverage. */
  addEffort(history: History, what?: RunFor): void;
  /** Counts a program that could not be run at all. */
  notRun(): void;
  /** Counts the program added last as something else, for a reason that its history does not hold. */
  amend(from: 'passed' | 'failed', to: 'failed' | 'unconfirmed' | 'unjudged'): void;
  totals(): Totals;
  spent(): Spent;
  /** Known divergences that applied: how often each showed and did not. */
  known(): { id: string; hits: number; misses: number }[];
  coverage(): CoverageRow[];
}

/** An empty tally. */
export function newTally(): Tally {
  const counts = {
    programs: 0,
    corpus: 0,
    passed: 0,
    failed: 0,
    unconfirmed: 0,
    unjudged: 0,
    infrastructure: 0,
  };
  const spent = nothingSpent();
  const totals: Totals = { ...counts, steps: 0, boxes: 0, cutShort: 0 };
  const known = new Map<string, { hits: number; misses: number }>();
  const rows = new Map<string, CoverageRow>();
  const addKnown = (shown: Record<string, number>, kind: 'hits' | 'misses'): void => {
    for (const [id, count] of Object.entries(shown)) {
      const sum = known.get(id) ?? { hits: 0, misses: 0 };
      sum[kind] += count;
      known.set(id, sum);
    }
  };
  return {
    add(history, isCorpus = false) {
      this.addEffort(history, isCorpus ? 'corpus' : 'program');
      const { is } = history.ending;
      // An interrupted program neither passed nor failed.
      if (is === 'interrupted') return;
      totals[is] += 1;
      if (is !== 'infrastructure') totals[isCorpus ? 'corpus' : 'programs'] += 1;
    },
    addEffort(history, what = 'rerun') {
      spend(spent, history, what);
      totals.steps += history.events.length;
      totals.boxes += history.boxes;
      totals.cutShort += history.cutShort;
      addKnown(history.known, 'hits');
      addKnown(history.missed, 'misses');
      addCoverage(rows, history);
    },
    notRun() {
      totals.infrastructure += 1;
    },
    amend(from, to) {
      totals[from] -= 1;
      totals[to] += 1;
    },
    totals: () => ({ ...totals }),
    spent: () => ({ ...spent }),
    known: () => [...known].map(([id, counts]) => ({ id, ...counts })),
    coverage: () => [...rows.values()],
  };
}

function addCoverage(rows: Map<string, CoverageRow>, history: History): void {
  for (const { step, situation, matched } of history.events) {
    const surface = ('via' in step && step.via) || '-';
    const outcome = matched ?? 'UNEXPECTED';
    const key = [step.op, surface, situation, outcome].join('\0');
    const row = rows.get(key) ?? { op: step.op, surface, situation, outcome, count: 0 };
    row.count += 1;
    rows.set(key, row);
  }
}
