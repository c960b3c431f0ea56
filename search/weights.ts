import type { World } from '../model/world.ts';
import type { Op } from '../program/step.ts';
import { bootOps, execOps, type SearchSettings, streamOps } from './settings.ts';

/** Boots stay possible right after a boot, but rarely. */
const LEAST_PATIENCE = 0.1;

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
  const patience = Math.max(LEAST_PATIENCE, Math.min(1, sinceBoot / Math.max(1, settings.stepsPerBoot)));
  const streams = Object.values(world.attaches).some((attach) => attach.state === 'open');
  const execs = Object.values(world.execs).some((exec) => exec.status !== 'gone');
  const factor = (op: Op): number => {
    if (bootOps.has(op)) return patience;
    if (streams && streamOps.has(op)) return settings.followUp;
    return execs && execOps.has(op) ? settings.followUp / 2 : 1;
  };
  return new Map([...ops].map((op) => [op, settings.weights[op] * factor(op)] as const));
}
