import type { Step } from '../program/step.ts';
import { homeOf } from './lookup.ts';
import type { World } from './world.ts';

/**
 * Whether an answer to a step depends on a box that is being removed behind everybody's back. The contract
 * knows no such box (rm and run --rm return when it is gone: contract 2.2, 2.6); only known divergences lead there, and
 * then nothing can be said of it but that it goes.
 */
export function meansLeaving(world: World, step: Step): boolean {
  const leaving = Object.values(world.boxes).filter(({ status }) => status === 'leaving');
  const refs = boxesMeant(world, step);
  const home = homeOf('via' in step ? step.via : 'rest');
  return leaving.some((box) => refs.includes(box.handle) || (takesName(step, box.name) && box.home === home));
}

const takesName = (step: Step, name: string | null): boolean => 'name' in step && step.name === name;

function boxesMeant(world: World, step: Step): (string | undefined)[] {
  if ('on' in step) return [step.on].flat();
  if ('exec' in step) return [world.execs[step.exec]?.box];
  const to = 'attach' in step ? world.attaches[step.attach]?.to : undefined;
  if (!to) return [];
  return ['box' in to ? to.box : world.execs[to.exec]?.box];
}
