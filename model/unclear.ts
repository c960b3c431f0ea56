import { boxesMeant, homeOfStep, type Refers } from './refers.ts';
import { closedAttach, newBox, newExec } from './situation.ts';
import { type Box, findExec, type World, withNew } from './world.ts';

/**
 * Whether an answer to a step depends on a box of which nothing can be said. The contract knows no such box; only
 * known divergences lead there, and a step in a world in which the contract says nothing of it.
 */
export function meansUnclear(world: World, step: Refers): boolean {
  const unclear = Object.values(world.boxes).filter(({ status }) => isUnclear(status));
  if (unclear.length === 0) return false;
  const refs = boxesMeant(world, step);
  const home = homeOfStep(step);
  const meant = ({ handle, name, home: of }: Box): boolean =>
    refs.includes(handle) || (of === home && (refs.includes(NAMELESS) || name === step.name));
  return unclear.some(meant);
}

/** Whether a step is about an execution of another home than its own, of which no surface there knows. */
export function isOfOtherHome(world: World, step: Refers): boolean {
  const box = world.boxes[findExec(world, step.exec ?? '')?.box ?? ''];
  return box !== undefined && box.home !== homeOfStep(step);
}

/** `leaving` is surely there at the next look, and then no clearer than the others. */
export const isUnclear = (status: Box['status']): boolean => status === 'leaving' || status === 'unclear';

/** The empty name, by which a step may mean any box of its home. */
const NAMELESS = '?';

/**
 * The world after a step of which nothing can be said: no more can be said of the boxes it means, or, where it
 * means one by no name, of any box of its home. What it makes may be there, for later steps to name.
 */
export function unclearAfter(world: World, step: Refers): World {
  const refs = [...boxesMeant(world, step), step.as];
  const home = homeOfStep(step);
  const boxes = Object.entries(world.boxes).map(([handle, box]): [string, Box] => {
    const any = refs.includes(NAMELESS) && box.home === home && box.status !== 'removed';
    return [handle, any || refs.includes(handle) ? { ...box, status: 'unclear', attachedBy: null } : box];
  });
  return withMade({ ...world, boxes: Object.fromEntries(boxes) }, step);
}

function withMade(world: World, { as, via = 'rest', on, exec, work, ...step }: Refers): World {
  if (as === undefined || world.boxes[as]) return world;
  const to = [on].flat()[0] ?? NAMELESS;
  if (as.startsWith('box'))
    return withNew(world, 'boxes', { ...newBox({ ...step, as, via }, true), status: 'unclear' });
  if (exec !== undefined) return withNew(world, 'attaches', closedAttach(as, { exec }));
  if (work) return withNew(world, 'execs', newExec({ ...step, as, on: to, work }, 'gone'));
  return withNew(world, 'attaches', closedAttach(as, { box: to, run: 0 }));
}
