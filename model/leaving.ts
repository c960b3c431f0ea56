import { homeOf } from './lookup.ts';
import type { Refers } from './refers.ts';
import type { World } from './world.ts';

/**
 * Whether an answer to a step depends on a box that is being removed behind everybody's back. The contract
 * knows no such box (rm and run --rm return when it is gone: 2.2, 2.6); only known divergences lead there, and
 * then nothing can be said of it but that it goes.
 */
export function meansLeaving(world: World, step: Refers): boolean {
  const leaving = Object.values(world.boxes).filter(({ status }) => status === 'leaving');
  const refs = boxesMeant(world, step);
  const home = homeOf(step.via ?? 'rest');
  return leaving.some((box) => refs.includes(box.handle) || (box.name === step.name && box.home === home));
}

function boxesMeant(world: World, { on, exec, attach }: Refers): (string | undefined)[] {
  if (on !== undefined) return [on].flat();
  if (exec !== undefined) return [world.execs[exec]?.box];
  const to = attach === undefined ? undefined : world.attaches[attach]?.to;
  if (!to) return [];
  return ['box' in to ? to.box : world.execs[to.exec]?.box];
}
