import picocolors from 'picocolors';
import { fixed, percent, type Spread } from '../bench/harness/numbers.ts';
import { tableLines } from '../bench/harness/table.ts';
import type { Row, Totals } from './summary.ts';

/** A column: its heading, and what it says of a row. */
const columns: readonly (readonly [heading: string, text: (row: Row) => string])[] = [
  ['defect', (row) => row.name],
  ['killed', (row) => `${row.killed}/${row.trials}`],
  ['programs', (row) => spreadText(row.programs)],
  ['steps', (row) => fixed(row.steps?.mean)],
  ['shrunk/min', (row) => `${fixed(row.shrunkSteps?.mean)}/${row.minimum}`],
  ['at min', (row) => percent(row.atMinimum)],
  ['runs', (row) => fixed(row.shrinkRuns?.mean)],
  ['replays', (row) => percent(row.replays)],
  ['class', (row) => countsText(row.classes)],
  ['caught by', (row) => countsText(row.oracles)],
  ['find s', (row) => fixed(row.huntS?.mean)],
  ['rest s', (row) => fixed(row.lookS?.mean)],
];

type Colours = Pick<typeof picocolors, 'bold' | 'red' | 'yellow' | 'magenta'>;

/** The scoreboard as lines for a terminal, one a defect; rows that survived are red, flaky ones yellow. */
export function boardLines(rows: readonly Row[], colours: Colours = picocolors): string[] {
  const [head = '', ...lines] = tableLines({
    head: columns.map(([heading]) => heading),
    rows: rows.map((row) => columns.map(([, text]) => text(row))),
  });
  return [colours.bold(head), ...lines.map((line, i) => paint(rows[i] as Row, line, colours))];
}

function paint(row: Row, text: string, colours: Colours): string {
  if (row.killed < row.trials)
    return row.expectedClass === 'flaky' ? colours.yellow(text) : colours.red(text);
  return row.falseAlarms > 0 ? colours.magenta(text) : text;
}

/** The totals as lines. */
export function totalLines(totals: Totals): string[] {
  const { killed, trials } = totals;
  return [
    `killed: ${killed} of ${trials} trials of ${totals.defects} defects (${percent(trials === 0 ? null : killed / trials)})`,
    `mean over defects: ${fixed(totals.programs)} programs to the first failure, ${percent(totals.atMinimum)} at the minimum, ${fixed(totals.shrinkRuns)} runs to shrink`,
    `replays in a new home: ${percent(totals.replays)}; classified as expected: ${percent(totals.rightClass)}; false alarms: ${totals.falseAlarms}; never shown again: ${totals.noise}; infrastructure failures: ${totals.infrastructure}`,
  ];
}

const spreadText = (spread: Spread | null): string =>
  spread === null ? '-' : `${fixed(spread.mean)}/${fixed(spread.median)}/${fixed(spread.max)}`;

const countsText = (counts: Readonly<Record<string, number>>): string =>
  Object.entries(counts)
    .sort(([, a], [, b]) => b - a)
    .map(([word, count]) => `${word} ${count}`)
    .join(', ');
