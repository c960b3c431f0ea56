import { isDeepStrictEqual } from 'node:util';
import type { Prediction } from '../../model/outcome.ts';
import { emptyWorld, type World } from '../../model/world.ts';
import type { Step } from '../../program/step.ts';
import { predict, type Rules } from './rules.ts';

/**
 * The worlds a program may be in, the usual one first. A step may have several allowed outcomes, and which of
 * them comes is only known when it runs: what is drawn next must make sense after each of them.
 */
export type PossibleWorlds = readonly [World, ...World[]];

/** More worlds than this are not followed; the unusual ones are dropped first. */
const MAX_WORLDS = 12;

/** Before the first step. */
export const firstWorlds: PossibleWorlds = [emptyWorld];

/** How a step must fit: predicted in every world that may be, or in at least one. */
export type Strictness = 'every' | 'some';

/** The worlds after a step; null when the contract is silent about it. */
export function advance(
  rules: Rules,
  worlds: PossibleWorlds,
  step: Step,
  strictness: Strictness,
): PossibleWorlds | null {
  const usual: World[] = [];
  const unusual: World[] = [];
  for (const world of worlds) {
    const prediction = predict(rules, world, step);
    if (!prediction) {
      if (strictness === 'every') return null;
      continue;
    }
    const [first, ...others] = worldsAfter(rules, world, step, prediction);
    if (first) usual.push(first);
    unusual.push(...others);
  }
  const [first, ...others] = distinct([...usual, ...unusual]);
  return first ? [first, ...others] : null;
}

function worldsAfter(rules: Rules, world: World, step: Step, prediction: Prediction): readonly World[] {
  const contract = prediction.outcomes.map((outcome) => outcome.next);
  const divergenceOutcomes = rules.divergenceOutcomes?.(world, step, prediction);
  if (!divergenceOutcomes || divergenceOutcomes.worlds.length === 0) return contract;
  return divergenceOutcomes.certain ? divergenceOutcomes.worlds : [...contract, ...divergenceOutcomes.worlds];
}

function distinct(worlds: readonly World[]): World[] {
  const kept: World[] = [];
  for (const world of worlds) {
    if (kept.length === MAX_WORLDS) break;
    if (!kept.some((other) => other === world || isDeepStrictEqual(other, world))) kept.push(world);
  }
  return kept;
}

/** The beliefs before each step and after the last; null when a step cannot be predicted. */
export function trajectoryOf(
  rules: Rules,
  steps: readonly Step[],
  strictness: Strictness,
): PossibleWorlds[] | null {
  let worlds: PossibleWorlds = firstWorlds;
  const trajectory: PossibleWorlds[] = [worlds];
  for (const step of steps) {
    const next = advance(rules, worlds, step, strictness);
    if (!next) return null;
    worlds = next;
    trajectory.push(worlds);
  }
  return trajectory;
}
