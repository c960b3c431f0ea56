import { verbs } from '../../../commands/index.ts';
import type { Creating } from '../../../model/made.ts';
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
  if (verbs[step.op].effect === 'renews') return onlyServed(world);
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
  if (!('work' in step)) return step;
  const { badWorkdir, timeoutS } = step as { badWorkdir?: boolean; timeoutS?: number };
  return `${step.op} ${step.via} ${step.on} ${lifeOf(step.work)} ${badWorkdir} ${timeoutS}`;
}

/** A step, and what its verb may make of it that leads elsewhere. */
export function variants(world: World, step: Step): Step[] {
  const { makes, toTheEnd } = verbs[step.op];
  if (makes === 'att') return [step, { ...step, readonly: true } as Step];
  if (makes !== 'box') return [step];
  const removed = toTheEnd && 'via' in step && step.via !== 'rest' ? [{ ...step, rm: true } as Step] : [];
  return [step, ...named(world, step), ...removed];
}

/** With the name of another box, which may be of the other home; the first box gets one where it is plain. */
function named(world: World, step: Step): Step[] {
  const { name, main, mounts } = step as Partial<Creating>;
  if (name !== undefined) return [];
  const [other] = Object.values(world.boxes);
  if (other) return other.name === null ? [] : [{ ...step, name: other.name } as Step];
  return main || mounts ? [] : [{ ...step, name: 'alpha' } as Step];
}
