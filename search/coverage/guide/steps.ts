import type { World } from '../../../model/world.ts';
import type { Step } from '../../../program/step.ts';
import { lifeOf } from './part.ts';

/** The box a step is about, through its execution or attach if need be; null for none or for several. */
export function boxOf(world: World, step: Step): string | null {
  if ('exec' in step) return world.execs[step.exec]?.box ?? null;
  if ('attach' in step) {
    const to = world.attaches[step.attach]?.to;
    if (!to) return null;
    return 'exec' in to ? (world.execs[to.exec]?.box ?? null) : to.box;
  }
  if (step.op === 'restart-server') return onlyServed(world);
  if (!('on' in step)) return null;
  const [ref, ...others] = [step.on].flat();
  return ref === undefined || others.length > 0 || !(ref in world.boxes) ? null : ref;
}

/** The end of a server is about all its boxes: where there is one, about that. */
function onlyServed({ boxes }: World): string | null {
  const served = Object.values(boxes).filter(({ home, status }) => home === 'server' && status !== 'removed');
  return served.length === 1 && served[0] ? served[0].handle : null;
}

/** The boxes a step is about, those that it makes included. */
export function boxesOf(world: World, step: Step): string[] {
  if ('on' in step) return [...new Set([step.on].flat())].filter((ref) => ref in world.boxes);
  const box = boxOf(world, step);
  if (box !== null) return [box];
  return 'as' in step && !('exec' in step) ? [step.as] : [];
}

/** One of the steps that differ only in what a command of one sort prints, writes or looks at. */
export function alike(steps: readonly Step[]): Step[] {
  const kinds = new Map<string | Step, Step>();
  for (const step of steps) {
    const kind = kindOf(step);
    if (!kinds.has(kind)) kinds.set(kind, step);
  }
  return [...kinds.values()];
}

function kindOf(step: Step): string | Step {
  if (step.op === 'spawn') return `spawn ${step.via} ${step.on} ${lifeOf(step.work)}`;
  if (step.op !== 'exec') return step;
  return `exec ${step.via} ${step.on} ${lifeOf(step.work)} ${step.badWorkdir} ${step.timeoutS}`;
}

/** A step, and what its verb may make of it that leads elsewhere. */
export function variants(world: World, step: Step): Step[] {
  switch (step.op) {
    case 'attach':
    case 'attach-main':
      return [step, { ...step, readonly: true }];
    case 'foreground':
      return [step, ...named(world, step), ...(step.via === 'rest' ? [] : [{ ...step, rm: true }])];
    case 'run':
    case 'create':
      return [step, ...named(world, step)];
    default:
      return [step];
  }
}

/** With the name of another box, which may be of the other home; the first box gets one where it is plain. */
function named<S extends Extract<Step, { op: 'run' | 'create' | 'foreground' }>>(world: World, step: S): S[] {
  if (step.name !== undefined) return [];
  const [other] = Object.values(world.boxes);
  if (other) return other.name === null ? [] : [{ ...step, name: other.name }];
  return step.main || step.mounts ? [] : [{ ...step, name: 'alpha' }];
}
