import { attributes, escapeText } from '../report/markup.ts';
import type { Trial } from './trial.ts';

/** Size of the plot in user units, and the room for labels left and below. */
const WIDTH = 860;
const HEIGHT = 260;
const LEFT = 60;
const BELOW = 40;

type Point = readonly [x: number, y: number];

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
  return `<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img">${grid.join('')}<path class="curve"${attributes({ d: path })}/>${ticks.join('')}${label}</svg>`;
}
