import type { World } from '../../model/world.ts';
import { canonical } from '../../program/canonical.ts';
import type { Step, Surface } from '../../program/step.ts';
import type { Rules } from '../worlds/rules.ts';

/** Nobody counts boxes while shrinking. */
const MANY_BOXES = 100;
const everySurface: readonly Surface[] = ['cli', 'url', 'rest'];

/**
 * The same operation on the same handles with other arguments, the shortest first, then over other surfaces: what
 * drawing would have considered in this world.
 */
export function alternatives(rules: Rules, world: World, step: Step, illegal: boolean): Step[] {
  const context = { surfaces: new Set(everySurface), profile: rules.profile, illegal, maxBoxes: MANY_BOXES };
  const place = placeOf(step);
  const found = new Map<string, Step>();
  for (const candidate of rules.verbs[step.op]?.candidates(world, context) ?? []) {
    const own = 'as' in step ? ({ ...candidate, as: step.as } as Step) : candidate;
    if (placeOf(own) === place) found.set(canonical(own), own);
  }
  found.delete(canonical(step));
  const isAway = (other: Step): number => Number('via' in step && 'via' in other && other.via !== step.via);
  return [...found]
    .sort(([a, one], [b, other]) => isAway(one) - isAway(other) || a.length - b.length)
    .map(([, alternative]) => alternative);
}

/** All of a step that is neither argument nor surface. */
function placeOf(step: Step): string {
  const { op, as, on, exec, attach } = step as Partial<Record<string, unknown>>;
  return canonical({ op, as, on, exec, attach });
}
