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

/** A step in one of the worlds it may be taken in, with the condition of what it is about there. */
export interface Standing extends StepInWorld {
  readonly situation: string;
}

/** The step in every world that may be, the usual one first. */
export type Standings = readonly [Standing, ...Standing[]];

/** The answer to a step as each world sees it. */
export interface Seen extends Answer {
  differences(outcome: Outcome): readonly string[];
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
      readonly from: Standing;
    }
  /** No world allows the answer; this one comes nearest, with what does not fit there. */
  | { readonly is: 'impossible'; readonly nearest: Standing; readonly differences: readonly string[] }
  /** More worlds than are followed. */
  | { readonly is: 'crowded' };

/**
 * The worlds that are left after an answer: of every world the ways the step may have gone that the answer allows,
 * with the world after each. A world in which the answer may only be late waits as it was. One that has nothing to
 * say of the step allows anything, but gives way to those that explain the answer. Pure.
 */
export function advance(standings: Standings, seen: Seen): Advanced {
  const all = standings.flatMap((from) => branchesOf(from, seen).map((branch) => ({ from, branch })));
  const explained = all.filter(({ from }) => from.prediction !== null);
  const silent = standings.filter(({ prediction }) => prediction === null);
  const ways = explained.length > 0 ? withoutDoubt(explained, silent) : all;
  const [usual] = ways;
  if (!usual) return { is: 'impossible', ...nearestOf(standings, seen) };
  const waiting = standings.flatMap((standing) =>
    ways.some(({ from }) => from === standing) || !isLate(standing, seen) ? [] : [whileLate(standing)],
  );
  const [first, ...others] = distinct([...ways.map(({ branch }) => branch), ...waiting].map(toPossible));
  if (!first || others.length >= MAX_WORLDS) return { is: 'crowded' };
  const { worlds, assumptions } = decided([first, ...others]);
  return { is: 'possible', worlds, decided: assumptions, usual: usual.branch, from: usual.from };
}

interface Way {
  readonly from: Standing;
  readonly branch: Branch;
}

/** A divergence is not refuted where the world in which it showed only had nothing to say. */
function withoutDoubt(ways: readonly Way[], silent: readonly Standing[]): readonly Way[] {
  const shown = silent.flatMap(({ possible }) => possible.assumes.filter((one) => one.shown));
  if (shown.length === 0) return ways;
  const isOpen = ({ id, at, shown: showed }: Assumption): boolean =>
    showed || !shown.some((one) => one.id === id && one.at === at);
  return ways.map(({ from, branch }) => ({
    from,
    branch: { ...branch, assumes: branch.assumes.filter(isOpen) },
  }));
}

const toPossible = ({ world, assumes }: Possible): Possible => ({ world, assumes });

const isLate = ({ prediction }: Standing, { lookedMs }: Seen): boolean =>
  lookedMs !== null && lookedMs < (prediction?.pollMs ?? 0);

const whileLate = ({ possible, prediction }: Standing): Possible => ({
  ...possible,
  world: prediction?.whileLate ?? possible.world,
});

/** The world and outcome with the fewest differences; the first of several. */
function nearestOf(standings: Standings, seen: Seen): { nearest: Standing; differences: readonly string[] } {
  let best: { nearest: Standing; differences: readonly string[] } | null = null;
  for (const nearest of standings) {
    for (const outcome of nearest.prediction?.outcomes ?? []) {
      const differences = seen.differences(outcome);
      if (!best || differences.length < best.differences.length) best = { nearest, differences };
    }
  }
  return best ?? { nearest: standings[0], differences: [] };
}

/** The longest that any world allows for. */
export function limitsOf(standings: Standings): Required<Pick<Prediction, 'pollMs' | 'deadlineMs'>> {
  const predictions = standings.flatMap(({ prediction }) => prediction ?? []);
  return {
    pollMs: Math.max(0, ...predictions.map(({ pollMs = 0 }) => pollMs)),
    deadlineMs: Math.max(0, ...predictions.map(({ deadlineMs }) => deadlineMs)),
  };
}
