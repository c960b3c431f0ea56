import type { Prediction } from '../../model/outcome.ts';
import { distinct, MAX_WORLDS } from '../../model/possible.ts';
import { emptyWorld, type World } from '../../model/world.ts';
import type { Step } from '../../program/step.ts';
import { predict, type Rules } from './rules.ts';

/**
 * The worlds a program may be in, the usual one first. A step may have several allowed outcomes, and which of
 * them comes is only known when it runs: what is drawn next must make sense after each of them.
 */
export type PossibleWorlds = readonly [World, ...World[]];

/** Before the first step. */
export const firstWorlds: PossibleWorlds = [emptyWorld];

/** How a step must fit: predicted in every world that may be, or in at least one. */
export type Strictness = 'every' | 'some';

/**
 * The worlds after a step; null when the contract says nothing of it, or there are too many to follow.
 * @param predicted what is predicted in the first world, where that has been asked already
 */
export function worldsAfter(
  rules: Rules,
  worlds: PossibleWorlds,
  step: Step,
  strictness: Strictness,
  predicted?: Prediction,
): PossibleWorlds | null {
  const usual: World[] = [];
  const unusual: World[] = [];
  for (const world of worlds) {
    const prediction = (world === worlds[0] && predicted) || predict(rules, world, step);
    if (!prediction) {
      if (strictness === 'every') return null;
      continue;
    }
    const [first, ...others] = nextWorlds(rules, world, step, prediction);
    if (first) usual.push(first);
    unusual.push(...others);
  }
  const all = distinct([...usual, ...unusual].map((world) => ({ world, assumes: [] })));
  const [first, ...others] = all.map(({ world }) => world);
  return first && all.length <= MAX_WORLDS ? [first, ...others] : null;
}

const nextWorlds = (rules: Rules, world: World, step: Step, prediction: Prediction): readonly World[] =>
  rules.divergenceOutcomes?.(world, step, prediction) ?? prediction.outcomes.map(({ next }) => next);

/** The possible worlds before each step and after the last; null when a step cannot be predicted. */
export function trajectoryOf(
  rules: Rules,
  steps: readonly Step[],
  strictness: Strictness,
): PossibleWorlds[] | null {
  const trajectory = [firstWorlds];
  for (const step of steps) {
    const next = worldsAfter(rules, trajectory.at(-1) as PossibleWorlds, step, strictness);
    if (!next) return null;
    trajectory.push(next);
  }
  return trajectory;
}
