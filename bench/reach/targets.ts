import { percent } from '../report/numbers.ts';
import { price } from '../simulated/price.ts';
import type { Measure } from './measures.ts';

/** What a tool covered in a budget of time, by measure; means over seeds. */
export interface Covered {
  readonly tool: string;
  readonly minutes: number;
  readonly met: ReadonlyMap<Measure, number>;
}

export const ours = 'boxcheck --guided 1';

/** What a budget can show at most: each command completes one new pair or triple, and costs its time. */
export const mostPossible = (minutes: number): number => Math.floor((minutes * 60) / price.commandS);

/** Where another tool, or ours without guidance, covered more than ours in the same time. */
export function coveredLess(covered: readonly Covered[], measures: readonly Measure[]): string[] {
  return pairsOf(covered).flatMap(([mine, other]) =>
    measures
      .filter((measure) => metBy(other, measure) > metBy(mine, measure))
      .map(
        (measure) =>
          `${nameOf(measure)}: ${other.tool} covers ${round(metBy(other, measure))} in ${mine.minutes} min, ${ours} ${round(metBy(mine, measure))}`,
      ),
  );
}

/** Targets that are missed, with whether the budget could pay for them at all. */
export function coverageLosses(covered: readonly Covered[], measures: readonly Measure[]): string[] {
  return covered
    .filter(({ tool }) => tool === ours)
    .flatMap((mine) => measures.flatMap((measure) => missed(mine, measure)));
}

function missed(mine: Covered, measure: Measure): string[] {
  const met = metBy(mine, measure) / measure.all;
  return measure.targets
    .filter(({ minutes, share }) => minutes === mine.minutes && met < share)
    .map(({ minutes, share }) => {
      const most = Math.min(1, mostPossible(minutes) / measure.all);
      const reason = most < share ? `; out of reach: the budget pays for at most ${percent(most)}` : '';
      return `${nameOf(measure)}: ${percent(met)} of ${measure.all} in ${minutes} min, target ${percent(share)}${reason}`;
    });
}

/** Each of ours beside every other tool with the same budget. */
const pairsOf = (covered: readonly Covered[]): [Covered, Covered][] =>
  covered
    .filter(({ tool }) => tool === ours)
    .flatMap((mine) =>
      covered
        .filter(({ tool, minutes }) => tool !== ours && minutes === mine.minutes)
        .map((other): [Covered, Covered] => [mine, other]),
    );

const metBy = ({ met }: Covered, measure: Measure): number => met.get(measure) ?? 0;
const nameOf = ({ table, column }: Measure): string => `${table}, ${column}`;
const round = (count: number): string => String(Math.round(count * 10) / 10);
