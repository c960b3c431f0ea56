import { percent } from '../report/numbers.ts';
import { price } from '../simulated/price.ts';
import type { Level } from './about.ts';
import type { Grams } from './grams.ts';
import type { Snapshot } from './search.ts';

/** Shares that are wanted after so many simulated minutes. */
const targets = [
  { minutes: 10, which: 'pairs', share: 1 },
  { minutes: 10, which: 'triples', share: 0.8 },
  { minutes: 60, which: 'triples', share: 0.99 },
] as const;

/** New pairs or triples a budget can show at most: each command completes one of either, and costs its time. */
export const mostPossible = (minutes: number): number => Math.floor((minutes * 60) / price.commandS);

/** Levels and counts at which another tool, or ours without guidance, covered more than ours in the same time. */
export function coveredLess(
  covered: readonly (Snapshot & { readonly tool: string })[],
  universe: Readonly<Record<Level, Grams>>,
): string[] {
  return covered
    .filter(({ tool }) => tool === 'boxcheck')
    .flatMap((ours) =>
      covered
        .filter(({ tool, minutes }) => tool !== ours.tool && minutes === ours.minutes)
        .flatMap((other) =>
          (Object.keys(universe) as Level[]).flatMap((level) =>
            (['singles', 'pairs', 'triples'] as const).flatMap((which) => {
              const [mine, theirs] = [ours, other].map(
                ({ grams }) => grams[level][which].intersection(universe[level][which]).size,
              ) as [number, number];
              return theirs > mine
                ? [
                    `${level}: ${other.tool} covers ${theirs} ${which} in ${ours.minutes} min, boxcheck ${mine}`,
                  ]
                : [];
            }),
          ),
        ),
    );
}

/** Targets that are missed, with whether the budget could pay for them at all. */
export function coverageLosses(
  covered: readonly (Snapshot & { readonly tool: string })[],
  universe: Readonly<Record<Level, Grams>>,
): string[] {
  return covered
    .filter(({ tool }) => tool === 'boxcheck')
    .flatMap(({ minutes, grams }) =>
      targets
        .filter((target) => target.minutes === minutes)
        .flatMap(({ which, share }) =>
          (Object.keys(universe) as Level[]).flatMap((level) => {
            const all = universe[level][which];
            const met = grams[level][which].intersection(all).size / all.size;
            if (met >= share) return [];
            const most = Math.min(1, mostPossible(minutes) / all.size);
            const reason = most < share ? `; out of reach: the budget pays for at most ${percent(most)}` : '';
            return [
              `${level}: ${percent(met)} of the ${all.size} ${which} in ${minutes} min, target ${percent(share)}${reason}`,
            ];
          }),
        ),
    );
}
