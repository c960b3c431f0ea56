import { verbs } from '../../commands/index.ts';
import { boxesMeant } from '../../model/refers.ts';
import { isSame } from '../../model/same.ts';
import { type Attach, attachedTo, type Box, type Exec, type World } from '../../model/world.ts';
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
 * Whether an attach is, or that of a read was, to a stream that another client had and has given up in due form: its slot is free at once,
 * where that of a client that vanished may stay taken for a while (contract 5.4, 7.9).
 */
export function comesAgain(step: Step, world: World): boolean {
  const own = world.attaches[subjectAttach(step) ?? ''];
  if (own) return Object.values(world.attaches).some((one) => one !== own && isSame(one.to, own.to));
  if (verbs[step.op].makes !== 'att') return false;
  const to = attachTo(world, step);
  const source = to && attachedTo(world, to);
  if (!source || source.attachedBy !== null || source.draining) return false;
  return Object.values(world.attaches).some((attach) => isSame(attach.to, to));
}

function attachTo(world: World, step: Step): Attach['to'] | null {
  if ('exec' in step) return { exec: step.exec };
  if (!('on' in step) || step.on === undefined || Array.isArray(step.on)) return null;
  return { box: step.on, run: world.boxes[step.on]?.runs ?? 0 };
}
