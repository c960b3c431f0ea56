import { attributes, escapeText } from '../report/markup.ts';
import type { Row } from './summary.ts';
import type { Trial } from './trial.ts';

/** Size of a plot in user units, and the room for labels left and below. */
const WIDTH = 860;
const HEIGHT = 260;
const LEFT = 60;
const BELOW = 40;

type Point = readonly [x: number, y: number];

const svg = (height: number, body: string): string =>
  `<svg viewBox="0 0 ${WIDTH} ${height}" role="img">${body}</svg>`;

const text = (x: number, y: number, words: string, anchor = 'middle'): string =>
  `<text${attributes({ x, y, 'text-anchor': anchor })}>${escapeText(words)}</text>`;

const line = (from: Point, to: Point, kind: string): string =>
  `<line${attributes({ x1: from[0], y1: from[1], x2: to[0], y2: to[1], class: kind })}/>`;

/** Ticks of a logarithmic scale from 1 to `most`: 1, 2, 5, 10, … */
export function logTicks(most: number): number[] {
  const ticks: number[] = [];
  for (let power = 1; power <= most; power *= 10)
    for (const digit of [1, 2, 5]) if (digit * power <= most) ticks.push(digit * power);
  return ticks;
}

const logPlace =
  (most: number) =>
  (value: number): number =>
    LEFT + ((WIDTH - LEFT - 20) * Math.log(Math.max(1, value))) / Math.log(Math.max(2, most));

/** Share of trials that had killed their defect after so many programs; both axes begin at nothing. */
export function killCurve(trials: readonly Trial[], most: number): string {
  const found = trials.flatMap(({ result, programs }) => (result.is === 'killed' ? [programs] : []));
  const x = logPlace(most);
  const y = (share: number): number => HEIGHT - BELOW - share * (HEIGHT - BELOW - 15);
  const steps = [...new Set(found)].sort((a, b) => a - b);
  const share = (programs: number): number =>
    found.filter((n) => n <= programs).length / Math.max(1, trials.length);
  const path = [...steps, most].reduce(
    (drawn, programs) => `${drawn} H ${x(programs).toFixed(1)} V ${y(share(programs)).toFixed(1)}`,
    `M ${x(1)} ${y(0)}`,
  );
  const grid = [0, 0.25, 0.5, 0.75, 1].map(
    (part) =>
      line([LEFT, y(part)], [WIDTH - 20, y(part)], 'grid') +
      text(LEFT - 8, y(part) + 4, `${part * 100} %`, 'end'),
  );
  const ticks = logTicks(most).map((tick) => text(x(tick), HEIGHT - BELOW + 18, String(tick)));
  const label = text((WIDTH + LEFT) / 2, HEIGHT - 4, 'programs run');
  return svg(
    HEIGHT,
    `${grid.join('')}<path class="curve"${attributes({ d: path })}/>${ticks.join('')}${label}`,
  );
}

const BAR = 16;
const NAMES = 230;

/** For each defect the mean number of programs to the first failure, with a line up to the largest. */
export function programBars(rows: readonly Row[], most: number): string {
  const shown = rows.toSorted((a, b) => (b.programs?.mean ?? most) - (a.programs?.mean ?? most));
  const scale = (value: number): number =>
    NAMES + ((WIDTH - NAMES - 20) * Math.log(1 + value)) / Math.log(1 + Math.max(1, most));
  const bars = shown.map((row, i) => {
    const top = i * BAR + 4;
    const end = scale(row.programs?.mean ?? most);
    const kind = row.killed < row.trials ? 'bar missed' : 'bar';
    const bar = `<rect${attributes({ x: NAMES, y: top, width: end - NAMES, height: BAR - 5, class: kind })}/>`;
    const whisker = row.programs
      ? line([end, top + 5], [scale(row.programs.max), top + 5], 'whisker')
      : text(end - 4, top + 10, 'survived', 'end');
    return text(NAMES - 6, top + 10, row.name, 'end') + bar + whisker;
  });
  const height = shown.length * BAR + 30;
  const ticks = logTicks(most).map((tick) => text(scale(tick), height - 8, String(tick)));
  return svg(height, bars.join('') + ticks.join(''));
}

/** For each defect the mean of the shrunk steps (dot) over the known minimum (bar). */
export function shrinkDots(rows: readonly Row[]): string {
  const shown = rows.filter((row) => row.shrunkSteps !== null);
  const most = Math.max(2, ...shown.map((row) => row.shrunkSteps?.max ?? 0));
  const scale = (steps: number): number => NAMES + ((WIDTH - NAMES - 20) * steps) / most;
  const lines = shown.map((row, i) => {
    const y = i * BAR + 12;
    const mean = row.shrunkSteps?.mean ?? 0;
    const bar = `<rect${attributes({ x: NAMES, y: y - 5, width: scale(row.minimum) - NAMES, height: BAR - 6, class: 'bar' })}/>`;
    const dot = `<circle${attributes({ cx: scale(mean), cy: y, r: 4, class: 'dot' })}/>`;
    return text(NAMES - 6, y + 4, row.name, 'end') + bar + dot;
  });
  const height = shown.length * BAR + 30;
  const ticks = Array.from({ length: most + 1 }, (_, steps) => text(scale(steps), height - 8, String(steps)));
  return svg(height, lines.join('') + ticks.join(''));
}
