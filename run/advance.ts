import type { Outcome, Prediction } from '../model/outcome.ts';
import {
  type Assumption,
  decided,
  distinct,
  MAX_WORLDS,
  type Possible,
  type Possibles,
} from '../model/possible.ts';
import { type Answer, type Branch, branchesOf, type StepInWorld } from '../verdict/known.ts';

/** A step in every world that may be, the usual one first. */
export type StepInWorlds = readonly [StepInWorld, ...StepInWorld[]];

/** The answer to a step as each world sees it. */
export interface Seen extends Answer {
  /** Whether the answer, looked for again later, could be the outcome's. */
  mayBecome(outcome: Outcome): boolean;
  /** How long it was looked for, milliseconds; null: nothing could come after it. */
  readonly lookedMs: number | null;
}

/** Where an answer leads. */
export type Advanced =
  | {
      readonly is: 'possible';
      readonly worlds: Possibles;
      /** What all these worlds agree on from here. */
      readonly decided: readonly Assumption[];
      /** The first way the step may have gone, and where it was taken. */
      readonly usual: Branch;
      readonly from: StepInWorld;
    }
  /** No world allows the answer; this one comes nearest, with what does not fit there. */
  | { readonly is: 'impossible'; readonly nearest: StepInWorld; readonly differences: readonly string[] }
  /** More worlds than are followed. */
  | { readonly is: 'crowded' };

/**
 * The worlds that are left after an answer: of every world the ways the step may have gone that the answer allows,
 * with the world after each. A world in which the answer may only be late waits as it was. One that has nothing to
 * say of the step allows anything, but gives way to those that explain the answer. Pure.
 */
export function advance(places: StepInWorlds, seen: Seen): Advanced {
  const all = places.flatMap((from) => branchesOf(from, seen).map((branch) => ({ from, branch })));
  const explained = all.filter(({ from }) => from.prediction !== null);
  const unpredicted = places.filter(({ prediction }) => prediction === null);
  const ways = explained.length > 0 ? withoutDoubt(explained, unpredicted) : all;
  const [usual] = ways;
  if (!usual) return { is: 'impossible', ...nearestOf(places, seen) };
  const waiting = places.flatMap((place) =>
    ways.some(({ from }) => from === place) || !isLate(place, seen) ? [] : [whileLate(place)],
  );
  const [first, ...others] = distinct([...ways.map(({ branch }) => branch), ...waiting].map(toPossible));
  if (!first || others.length >= MAX_WORLDS) return { is: 'crowded' };
  const { worlds, assumptions } = decided([first, ...others]);
  return { is: 'possible', worlds, decided: assumptions, usual: usual.branch, from: usual.from };
}

interface Way {
  readonly from: StepInWorld;
  readonly branch: Branch;
}

/** A divergence is not refuted where the world in which it showed only had nothing to say. */
function withoutDoubt(ways: readonly Way[], unpredicted: readonly StepInWorld[]): readonly Way[] {
  const shown = unpredicted.flatMap(({ possible }) => possible.assumes.filter((one) => one.shown));
  if (shown.length === 0) return ways;
  const isOpen = ({ id, at, shown: showed }: Assumption): boolean =>
    showed || !shown.some((one) => one.id === id && one.at === at);
  return ways.map(({ from, branch }) => ({
    from,
    branch: { ...branch, assumes: branch.assumes.filter(isOpen) },
  }));
}

const toPossible = ({ world, assumes }: Possible): Possible => ({ world, assumes });

const isLate = ({ prediction }: StepInWorld, { lookedMs, mayBecome }: Seen): boolean =>
  lookedMs !== null && lookedMs < (prediction?.pollMs ?? 0) && prediction?.outcomes.some(mayBecome) === true;

const whileLate = ({ possible, prediction }: StepInWorld): Possible => ({
  ...possible,
  world: prediction?.whileLate ?? possible.world,
});

/** The world and outcome with the fewest differences; the first of several. */
function nearestOf(
  places: StepInWorlds,
  seen: Seen,
): { nearest: StepInWorld; differences: readonly string[] } {
  let best: { nearest: StepInWorld; differences: readonly string[] } | null = null;
  for (const nearest of places) {
    for (const outcome of nearest.prediction?.outcomes ?? []) {
      const differences = seen.differences(outcome);
      if (!best || differences.length < best.differences.length) best = { nearest, differences };
    }
  }
  return best ?? { nearest: places[0], differences: [] };
}

/** The longest that any world allows for. */
export function limitsOf(places: StepInWorlds): Required<Pick<Prediction, 'pollMs' | 'deadlineMs'>> {
  const predictions = places.flatMap(({ prediction }) => prediction ?? []);
  return {
    pollMs: Math.max(0, ...predictions.map(({ pollMs = 0 }) => pollMs)),
    deadlineMs: Math.max(0, ...predictions.map(({ deadlineMs }) => deadlineMs)),
  };
}
