import type { Box, Exec, World } from '../../model/world.ts';
import type { Step } from '../../program/step.ts';

/** Handles of the boxes a step is about: those it makes, names, or reaches through an execution or attach. */
export function subjectBoxes(world: World, step: Step): string[] {
  if ('on' in step) return Array.isArray(step.on) ? step.on : [step.on];
  if ('as' in step && (step.op === 'run' || step.op === 'create' || step.op === 'foreground'))
    return [step.as];
  const exec = subjectExec(world, step);
  if (exec) return [exec.box];
  const to = 'attach' in step ? world.attaches[step.attach]?.to : undefined;
  return to && 'box' in to ? [to.box] : [];
}

/** The first box a step is about, if the world knows it. */
export const subjectBox = (world: World, step: Step): Box | null =>
  subjectBoxes(world, step)
    .map((handle) => world.boxes[handle])
    .find((box) => box !== undefined) ?? null;

/** The execution a step is about: made, named, or attached to. */
export function subjectExec(world: World, step: Step): Exec | null {
  if (step.op === 'spawn') return world.execs[step.as] ?? null;
  if ('exec' in step) return world.execs[step.exec] ?? null;
  const to = 'attach' in step ? world.attaches[step.attach]?.to : undefined;
  return to && 'exec' in to ? (world.execs[to.exec] ?? null) : null;
}

/** The attach a step makes or uses. */
export function subjectAttach(step: Step): string | null {
  if (step.op === 'attach' || step.op === 'attach-main') return step.as;
  return 'attach' in step ? step.attach : null;
}
