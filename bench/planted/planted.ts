import { emptyWorld } from '../../model/world.ts';
import type { Failure } from '../../program/failure.ts';
import type { Program } from '../../program/program.ts';
import type { Step } from '../../program/step.ts';
import { rules } from '../../quality/bench.ts';
import { predict } from '../../search/worlds/rules.ts';
import { type Element, elementOf, Matcher } from './pattern.ts';

/** A program as the planted failure sees it, up to where the contract is silent. */
export function elementsOf(steps: readonly Step[]): Element[] {
  const elements: Element[] = [];
  let world = emptyWorld;
  for (const step of steps) {
    const prediction = predict(rules, world, step);
    if (!prediction) break;
    elements.push(elementOf(step, prediction.outcomes[0]));
    world = prediction.outcomes[0].next;
  }
  return elements;
}

/**
 * Runs a program on the model, which fails at the step that completes the pattern. The failure looks like one a
 * real runtime would give, so that its signature counts as it does for those.
 */
export function runPlanted(pattern: readonly Element[], { steps }: Program): Failure | null {
  const matcher = new Matcher(pattern);
  let world = emptyWorld;
  for (const [at, step] of steps.entries()) {
    const prediction = predict(rules, world, step);
    if (!prediction) return null;
    if (matcher.take(elementOf(step, prediction.outcomes[0]))) {
      const allowed = prediction.outcomes.map(({ label, expect }) => ({ label, expect }));
      const seen = { is: 'broken', how: '5xx', text: 'internal error: planted', status: 500 } as const;
      const situation = rules.situation(world, step);
      return { kind: 'unexpected', at, step, allowed, seen, differences: ['5xx'], situation };
    }
    world = prediction.outcomes[0].next;
  }
  return null;
}
