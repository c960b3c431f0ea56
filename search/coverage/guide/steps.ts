import { table, verbs } from '../../../commands/index.ts';
import { boxesMeant } from '../../../model/refers.ts';
import type { Box, World } from '../../../model/world.ts';
import type { Step } from '../../../program/step.ts';
import { lifeOf } from './part.ts';

/**
 * Gives the box a step is about, through its execution or attach if need be, or which alone it changes without naming
 * it, as the end of a server does; null for none or for several.
 */
export function boxOf(world: World, step: Step, next: World): string | null {
  const changed = (box: Box) => box.status !== 'removed' && box !== next.boxes[box.handle];
  const unnamed = verbs[step.op].about === 'nothing' ? Object.values(world.boxes).filter(changed) : [];
  const [ref, ...others] = [...boxesMeant(world, step), ...unnamed.map(({ handle }) => handle)];
  return ref === undefined || others.length > 0 || !(ref in world.boxes) ? null : ref;
}

/** One of the steps that differ only in what a command of one sort prints, writes or looks at. */
export function alike(steps: readonly Step[]): Step[] {
  const kinds = Map.groupBy(steps, (step) =>
    'work' in step ? JSON.stringify({ ...step, work: lifeOf(step.work), as: null }) : step,
  );
  return [...kinds.values()].map(([first]) => first as Step);
}

/** A step, and what its verb may make of it that leads elsewhere: a client that reads only, a name, --rm. */
export function variants(world: World, step: Step): Step[] {
  const { shape } = table[step.op].schema;
  const more: object[] = [
    ...('readonly' in shape ? [{ readonly: true }] : []),
    ...('name' in shape && !('name' in step) ? namesFor(world, step) : []),
    ...('rm' in shape && 'via' in step && step.via !== 'rest' ? [{ rm: true }] : []),
  ];
  return [step, ...more.map((extra) => ({ ...step, ...extra }) as Step)];
}

/** The name of another box, which may be of the other home; the first box gets one where it is plain. */
function namesFor(world: World, step: Step): { name: string }[] {
  const [other] = Object.values(world.boxes);
  if (other) return other.name === null ? [] : [{ name: other.name }];
  return ('main' in step && step.main) || ('mounts' in step && step.mounts) ? [] : [{ name: 'alpha' }];
}
