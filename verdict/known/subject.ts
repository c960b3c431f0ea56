import { verbs } from '../../commands/index.ts';
import { boxesMeant } from '../../model/refers.ts';
import type { Attach, Box, Exec, World } from '../../model/world.ts';
import type { Step } from '../../program/step.ts';

/** Handles of the boxes a step is about: those it makes, names, or reaches through an execution or attach. */
export const subjectBoxes = (world: World, step: Step): string[] =>
  'as' in step && verbs[step.op].makes === 'box' ? [step.as] : boxesMeant(world, step);

/** The first box a step is about, if the world knows it. */
export const subjectBox = (world: World, step: Step): Box | null =>
  subjectBoxes(world, step)
    .map((handle) => world.boxes[handle])
    .find((box) => box !== undefined) ?? null;

/** The execution a step is about: made, named, or attached to. */
export function subjectExec(world: World, step: Step): Exec | null {
  if ('as' in step && verbs[step.op].makes === 'exec') return world.execs[step.as] ?? null;
  if ('exec' in step) return world.execs[step.exec] ?? null;
  const to = 'attach' in step ? world.attaches[step.attach]?.to : undefined;
  return to && 'exec' in to ? (world.execs[to.exec] ?? null) : null;
}

/** The attach a step makes or uses. */
export function subjectAttach(step: Step): string | null {
  if ('as' in step && verbs[step.op].makes === 'att') return step.as;
  return 'attach' in step ? step.attach : null;
}

/**
 * Whether an attach is to a stream that another client had and has given up in due form: its slot is free at once,
 * where that of a client that vanished may stay taken for a while (contract 5.4, 7.9).
 */
export function comesAgain(step: Step, world: World): boolean {
  if (verbs[step.op].makes !== 'att') return false;
  if ('exec' in step) {
    const exec = world.execs[step.exec];
    const had = (to: Attach['to']) => 'exec' in to && to.exec === step.exec;
    return isFree(exec?.attachedBy, exec?.draining) && someAttach(world, had);
  }
  if (!('on' in step) || Array.isArray(step.on)) return false;
  const box = world.boxes[step.on];
  const had = (to: Attach['to']) => 'box' in to && to.box === step.on && to.run === box?.runs;
  return isFree(box?.mainAttachedBy, box?.draining) && someAttach(world, had);
}

const isFree = (holder: string | null | undefined, draining?: boolean): boolean =>
  holder === null && draining === false;

const someAttach = (world: World, had: (to: Attach['to']) => boolean): boolean =>
  Object.values(world.attaches).some(({ to }) => had(to));
