import type { Sample } from '../parts/coverage.ts';
import { percent } from '../report/numbers.ts';
import type { Table } from '../report/part-report.ts';
import type { Measure } from './measures.ts';
import { type Covered, mostPossible } from './targets.ts';

const meanings: Readonly<Record<string, string>> = {
  'legal: situation': 'goals of allowed steps: verb, surface, state as the coverage table has it (situation)',
  'legal: status': 'goals of allowed steps: verb, surface, status of the box',
  'all: situation': 'all goals, refusals too: verb, surface, situation, allowed or refused',
  'all: status': 'all goals, refusals too: verb, surface, status of the box, allowed or refused',
  'in a row: full': 'steps in a row on one box, by verb, surface, situation',
  'in a row: status': 'steps in a row on one box, by verb, surface, status',
  'in a row: lifecycle': 'the same; only create, run, foreground, start, stop, restart, rm',
  'in a row: verbs': 'the same without the surface',
};

/** What the budget bought, then a table for each group of measures. */
export function coverageTables(
  samples: readonly Sample[],
  covered: readonly Covered[],
  measures: readonly Measure[],
): Table[] {
  const groups = Map.groupBy(measures, ({ table }) => table);
  return [spentTable(samples), ...[...groups].map(([name, some]) => tableOf(name, some, covered))];
}

function spentTable(samples: readonly Sample[]): Table {
  const groups = [...Map.groupBy(samples, ({ tool, minutes }) => `${tool} ${minutes}`).values()];
  return {
    title: 'What the budget bought',
    head: ['tool', 'minutes', 'programs', 'commands', 'boots', 'skipped'],
    rows: groups.map((group) => {
      const [{ tool, minutes }] = group as [Sample, ...Sample[]];
      const mean = (of: (sample: Sample) => number): number =>
        group.reduce((sum, sample) => sum + of(sample), 0) / group.length;
      const counts = [mean((s) => s.programs), mean((s) => s.commands), mean((s) => s.boots)];
      return [
        tool,
        String(minutes),
        ...counts.map((count) => count.toFixed(0)),
        percent(mean((s) => s.skipped)),
      ];
    }),
  };
}

function tableOf(name: string, measures: readonly Measure[], covered: readonly Covered[]): Table {
  const most = Math.max(...measures.map(({ all }) => all));
  return {
    title: `${meanings[name] ?? name}: ${measures.map(({ all, column }) => `${all} ${column}`).join(', ')}`,
    head: ['tool', 'minutes', ...measures.map(({ column }) => column), 'triples at most'],
    rows: covered.map(({ tool, minutes, met }) => [
      tool,
      String(minutes),
      ...measures.map((measure) => shareOf(met.get(measure) ?? 0, measure.all)),
      percent(Math.min(1, mostPossible(minutes) / most)),
    ]),
  };
}

const shareOf = (met: number, all: number): string => `${Math.round(met * 10) / 10} (${percent(met / all)})`;
