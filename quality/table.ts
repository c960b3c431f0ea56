import picocolors from 'picocolors';
import type { Row, Spread, Totals } from './summary.ts';

/** A column: its heading, what it says of a row, and whether it is a number. */
type Column = readonly [heading: string, text: (row: Row) => string, side: 'left' | 'right'];

const columns: readonly Column[] = [
  ['defect', (row) => row.name, 'left'],
  ['killed', (row) => `${row.killed}/${row.trials}`, 'right'],
  ['programs', (row) => spreadText(row.programs), 'right'],
  ['steps', (row) => meanText(row.steps), 'right'],
  ['shrunk/min', (row) => `${meanText(row.shrunkSteps)}/${row.minimum}`, 'right'],
  ['at min', (row) => percent(row.atMinimum), 'right'],
  ['runs', (row) => meanText(row.shrinkRuns), 'right'],
  ['replays', (row) => percent(row.replays), 'right'],
  ['class', (row) => countsText(row.classes), 'left'],
  ['caught by', (row) => countsText(row.oracles), 'left'],
  ['find s', (row) => meanText(row.huntS), 'right'],
  ['rest s', (row) => meanText(row.lookS), 'right'],
];

/** Headings of the scoreboard's columns. */
export const headings: readonly string[] = columns.map(([heading]) => heading);

/** One defect in the order of the headings. */
export const goalsOf = (row: Row): string[] => columns.map(([, text]) => text(row));

type Colours = Pick<typeof picocolors, 'bold' | 'red' | 'yellow' | 'magenta'>;

/** The scoreboard as lines for a terminal, one a defect; rows that survived are red, flaky ones yellow. */
export function tableLines(rows: readonly Row[], colours: Colours = picocolors): string[] {
  const cells = rows.map(goalsOf);
  const widths = headings.map((head, i) =>
    Math.max(head.length, ...cells.map((line) => line[i]?.length ?? 0)),
  );
  const line = (texts: readonly string[]): string =>
    texts
      .map((text, i) => pad(text, widths[i] ?? 0, columns[i]?.[2] ?? 'left'))
      .join('  ')
      .trimEnd();
  return [
    colours.bold(line(headings)),
    ...cells.map((texts, i) => paint(rows[i] as Row, line(texts), colours)),
  ];
}

function paint(row: Row, text: string, colours: Colours): string {
  if (row.killed < row.trials)
    return row.expectedClass === 'flaky' ? colours.yellow(text) : colours.red(text);
  return row.falseAlarms > 0 ? colours.magenta(text) : text;
}

/** The totals as lines. */
export function totalLines(totals: Totals): string[] {
  const { slowest, longest } = totals;
  return [
    `killed: ${totals.killed} of ${totals.trials} trials of ${totals.defects} defects (${percent(ratio(totals.killed, totals.trials))})`,
    `mean over defects: ${number(totals.programs)} programs to the first failure, ${percent(totals.atMinimum)} at the minimum, ${number(totals.shrinkRuns)} runs to shrink`,
    `replays in a new home: ${percent(totals.replays)}; classified as expected: ${percent(totals.rightClass)}; false alarms: ${totals.falseAlarms}; never shown again: ${totals.noise}; spoilt by the machine: ${totals.spoilt}`,
    ...(slowest
      ? [`hardest to find: ${slowest.name}, ${spreadText(slowest.programs)} programs (mean/median/max)`]
      : []),
    ...(longest
      ? [
          `worst shrunk: ${longest.name}, ${meanText(longest.shrunkSteps)} steps instead of ${longest.minimum}`,
        ]
      : []),
  ];
}

/** A share as text; a dash for none. */
export const percent = (share: number | null): string =>
  share === null ? '-' : `${Math.round(share * 100)} %`;

/** A number for people: one decimal below 100. */
export const number = (value: number | null | undefined): string =>
  typeof value !== 'number'
    ? '-'
    : value < 100
      ? String(Math.round(value * 10) / 10)
      : String(Math.round(value));

const meanText = (spread: Spread | null): string => number(spread?.mean);

const spreadText = (spread: Spread | null): string =>
  spread === null ? '-' : `${number(spread.mean)}/${number(spread.median)}/${number(spread.max)}`;

const countsText = (counts: Readonly<Record<string, number>>): string =>
  Object.entries(counts)
    .sort(([, a], [, b]) => b - a)
    .map(([word, count]) => `${word} ${count}`)
    .join(', ');

const ratio = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole);

const pad = (text: string, width: number, side: 'left' | 'right'): string =>
  side === 'left' ? text.padEnd(width) : text.padStart(width);
