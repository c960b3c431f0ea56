import type { Step } from '../program/step.ts';
import { homeOf } from './lookup.ts';
import { newBox, newExec } from './made.ts';
import type { Attach, Box, World } from './world.ts';

/**
 * Whether an answer to a step depends on a box of which nothing can be said. The contract knows no such box; only
 * known divergences lead there, and a step in a world in which the contract is silent about it.
 */
export function meansUnclear(world: World, step: Step): boolean {
  const unclear = Object.values(world.boxes).filter(({ status }) => isUnclear(status));
  if (unclear.length === 0) return false;
  const refs = boxesMeant(world, step);
  const home = homeOf('via' in step ? step.via : 'rest');
  const meant = ({ handle, name, home: of }: Box): boolean =>
    refs.includes(handle) || (of === home && (refs.includes('?') || takesName(step, name)));
  return unclear.some(meant);
}

/** `leaving` is surely there at the next look, and then no clearer than the others. */
export const isUnclear = (status: Box['status']): boolean => status === 'leaving' || status === 'unclear';

const takesName = (step: Step, name: string | null): boolean => 'name' in step && step.name === name;

/** Boxes a step names or makes, or reaches through an execution or attach. */
function boxesMeant(world: World, step: Step): string[] {
  if ('on' in step) return [step.on].flat();
  if ('exec' in step) return [world.execs[step.exec]?.box ?? []].flat();
  const to = 'attach' in step ? world.attaches[step.attach]?.to : undefined;
  if (to) return ['box' in to ? to.box : (world.execs[to.exec]?.box ?? [])].flat();
  return 'as' in step ? [step.as] : [];
}

/**
 * The world after a step of which nothing can be said: no more can be said of the boxes it means, or, where it
 * means one by no name, of any box of its home. What it makes on them is as unclear.
 */
export function unclearAfter(world: World, step: Step): World {
  const refs = boxesMeant(world, step);
  const home = homeOf('via' in step ? step.via : 'rest');
  const boxes = Object.entries(world.boxes).map(([handle, box]): [string, Box] => {
    const meant =
      refs.includes(handle) || (refs.includes('?') && box.home === home && box.status !== 'removed');
    return [handle, meant ? { ...box, status: 'unclear', mainAttachedBy: null } : box];
  });
  return withMade({ ...world, boxes: Object.fromEntries(boxes) }, step);
}

/** What it may have made is there for later steps to name. */
function withMade(world: World, step: Step): World {
  switch (step.op) {
    case 'run':
    case 'create':
    case 'foreground': {
      const box: Box = { ...newBox(step), status: 'unclear' };
      return world.boxes[step.as] ? world : { ...world, boxes: { ...world.boxes, [step.as]: box } };
    }
    case 'spawn':
      return { ...world, execs: { ...world.execs, [step.as]: newExec(step, 'gone') } };
    case 'attach':
    case 'attach-main': {
      const to: Attach['to'] = step.op === 'attach' ? { exec: step.exec } : { box: step.on, run: 0 };
      return { ...world, attaches: { ...world.attaches, [step.as]: closedAttach(step.as, to) } };
    }
    default:
      return world;
  }
}

/** One that may be open or not cannot be used. */
const closedAttach = (handle: string, to: Attach['to']): Attach => ({
  handle,
  to,
  readonly: false,
  state: 'closed',
  final: null,
  errors: [],
});
