import { verbs } from '../../commands/index.ts';
import type { World } from '../../model/world.ts';
import type { Op } from '../../program/step.ts';
import type { SearchSettings } from './settings.ts';

/** Boots stay possible right after a boot, but rarely. */
const LEAST_PATIENCE = 0.1;

/** Factor for a verb that shows what an earlier step has done: damage that nobody looks at is not found. */
const OWED = 3;

/**
 * How likely each verb is in a world. Boots become likely with time, because they cost seconds; verbs for what
 * took several steps to set up (a live execution, an open attach) are preferred as long as it is there.
 * @param sinceBoot steps since the last boot
 */
export function weightsIn(
  world: World,
  ops: Iterable<Op>,
  settings: SearchSettings,
  sinceBoot: number,
): Map<Op, number> {
  const { followUp, stepsPerBoot } = settings;
  const patience = Math.max(LEAST_PATIENCE, Math.min(1, sinceBoot / Math.max(1, stepsPerBoot)));
  const streams = Object.values(world.attaches).some((attach) => attach.state === 'open');
  const execs = Object.values(world.execs).some((exec) => exec.status !== 'gone');
  const follows = {
    attach: streams ? followUp : 1,
    exec: execs ? followUp / 2 : 1,
    box: 1,
    boxes: 1,
    nothing: 1,
  };
  const factor = (op: Op): number => {
    const { effect, about, urge, owed } = verbs[op];
    const boots = effect === 'boots' ? patience : 1;
    return boots * follows[about] * (urge?.(world) ?? 1) * (owed?.(world) ? OWED : 1);
  };
  return new Map([...ops].map((op) => [op, settings.weights[op] * factor(op)] as const));
}

/**
 * How likely each verb is when a refusal is wanted. One of a creating verb boots nothing, so that it needs no
 * patience, and there are many; a bogus execution is refused everywhere in the same way.
 */
export const refusable = (weights: ReadonlyMap<Op, number>): Map<Op, number> =>
  new Map([...weights].map(([op, weight]) => [op, weight * (verbs[op].refusals ?? 1)]));
