import { isDeepStrictEqual } from 'node:util';
import type { Prediction } from '../../model/outcome.ts';
import { emptyWorld, type World } from '../../model/world.ts';
import type { Step } from '../../program/step.ts';
import { predict, type Rules } from './rules.ts';

/**
 * The worlds a program may be in, the usual one first. A step may have several allowed outcomes, and which of
 * them comes is only known when it runs: what is drawn next must make sense after each of them.
 */
export type Belief = readonly [World, ...World[]];

/** More worlds than this are not followed; the unusual ones are dropped first. */
const MAX_WORLDS = 12;

/** Before the first step. */
export const firstBelief: Belief = [emptyWorld];

/** How a step must fit: predicted in every world that may be, or in at least one. */
export type Strictness = 'every' | 'some';

/** The worlds after a step; null when the contract is silent about it. */
export function advance(rules: Rules, belief: Belief, step: Step, strictness: Strictness): Belief | null {
  const usual: World[] = [];
  const unusual: World[] = [];
  for (const world of belief) {
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
  const detour = rules.detour?.(world, step, prediction);
  if (!detour || detour.worlds.length === 0) return contract;
  return detour.certain ? detour.worlds : [...contract, ...detour.worlds];
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
export function walk(rules: Rules, steps: readonly Step[], strictness: Strictness): Belief[] | null {
  let belief: Belief = firstBelief;
  const beliefs: Belief[] = [belief];
  for (const step of steps) {
    const next = advance(rules, belief, step, strictness);
    if (!next) return null;
    belief = next;
    beliefs.push(belief);
  }
  return beliefs;
}
