import { isUp, type World } from '../../model/world.ts';
import type { Step } from '../../program/step.ts';
import { subjectAttach, subjectExec } from './subject.ts';

/** Whether the run of the box is over that the execution was in; the box may run again. */
export function isOfOverRun(step: Step, world: World): boolean {
  const exec = subjectExec(world, step);
  const box = exec && world.boxes[exec.box];
  return Boolean(exec && box && (exec.run < box.runs || !isUp(box)));
}

/**
 * Whether the server is gone that a stream came from. Of a box that is removed it is its end, and a command that is
 * killed has one that is told.
 */
export function isOfGoneServer(step: Step, world: World): boolean {
  const exec = subjectExec(world, step);
  const final = world.attaches[subjectAttach(step) ?? '']?.final;
  if (exec?.status !== 'gone' || final?.exitFrame !== 'may') return false;
  const box = world.boxes[exec.box];
  return box !== undefined && box.status !== 'removed';
}

/** Whether the stream that is read was cut off. */
export function isCut(step: Step, world: World): boolean {
  const attach = subjectAttach(step);
  return attach !== null && world.attaches[attach]?.final?.cut === true;
}
