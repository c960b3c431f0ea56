import { type CoverageGoal, pairTexts } from './goal.ts';

/** What each coverage goal is worth by itself while a program is drawn: the less it was tried, the more. */
export interface Novelty {
  /** By number of the goal. */
  readonly values: Float64Array;
  /** Takes up that a goal was tried. */
  add(goal: number): void;
}

/** Coverage goals by number, with the pairs of verb, surface and situation that each of them would cover. */
export interface Goals {
  readonly refused: readonly boolean[];
  readonly pairs: readonly (readonly string[])[];
}

/** Tried twice as often, so many halvings less new. */
const SHARPNESS = 4;
/** What a pair that nothing has shown yet adds to each goal that would show it. */
const MISSING_PAIR = 5;
/** What a refusal counts beside an allowed step. */
const REFUSED = 0.01;

/** The pairs of coverage goals. */
export const goalsWithPairs = (goals: readonly CoverageGoal[]): Goals => ({
  refused: goals.map(({ answer }) => answer === 'refused'),
  pairs: goals.map(pairTexts),
});

/** The novelty of goals that were tried so often. */
export function newNovelty({ refused, pairs }: Goals, tried: readonly number[]): Novelty {
  const counts = [...tried];
  const shown = new Set(pairs.flatMap((some, goal) => ((counts[goal] ?? 0) > 0 ? some : [])));
  const noveltyOf = (goal: number): number => {
    const missing = pairs[goal]?.filter((pair) => !shown.has(pair)).length ?? 0;
    const own = (1 + (counts[goal] ?? 0)) ** -SHARPNESS;
    return (own + MISSING_PAIR * missing) * (refused[goal] ? REFUSED : 1);
  };
  const values = Float64Array.from(counts.keys(), noveltyOf);
  return {
    values,
    add(goal) {
      counts[goal] = (counts[goal] ?? 0) + 1;
      const before = shown.size;
      for (const pair of pairs[goal] ?? []) shown.add(pair);
      if (shown.size === before) values[goal] = noveltyOf(goal);
      else for (const other of values.keys()) values[other] = noveltyOf(other);
    },
  };
}
