import type { World } from '../../model/world.ts';
import type { Step, Surface } from '../../program/step.ts';
import { canonical } from '../canonical.ts';
import type { Rules } from '../rules.ts';

/** Nobody counts boxes while shrinking. */
const MANY_BOXES = 100;
const everySurface: readonly Surface[] = ['cli', 'url', 'rest'];

/**
 * The same operation on the same handles and surface with other arguments, the shortest first: what drawing would
 * have considered in this world.
 */
export function alternatives(rules: Rules, world: World, step: Step, illegal: boolean): Step[] {
  const surfaces = new Set('via' in step ? [step.via] : everySurface);
  const context = { surfaces, profile: rules.profile, illegal, maxBoxes: MANY_BOXES };
  const place = placeOf(step);
  const found = new Map<string, Step>();
  for (const candidate of rules.verbs[step.op]?.candidates(world, context) ?? []) {
    const own = 'as' in step ? ({ ...candidate, as: step.as } as Step) : candidate;
    if (placeOf(own) === place) found.set(canonical(own), own);
  }
  found.delete(canonical(step));
  return [...found].sort(([a], [b]) => a.length - b.length).map(([, alternative]) => alternative);
}

/** All of a step that is no argument. */
function placeOf(step: Step): string {
  const { op, via, as, on, exec, attach } = step as Partial<Record<string, unknown>>;
  return canonical({ op, via, as, on, exec, attach });
}
