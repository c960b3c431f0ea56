import { situationOf } from '../../commands/index.ts';
import type { Outcome } from '../../model/outcome.ts';
import type { World } from '../../model/world.ts';
import type { Op, Step } from '../../program/step.ts';

/**
 * How finely a step is told from another. `full`: verb, surface and situation as in the campaign's coverage.
 * `status`: verb, surface and the status of the box. `lifecycle`: the same, of the verbs that change the status. `verbs`: that without the surface.
 */
export const levels = ['full', 'status', 'lifecycle', 'verbs'] as const;
export type Level = (typeof levels)[number];

const lifecycle: ReadonlySet<Op> = new Set<Op>([
  'create',
  'run',
  'foreground',
  'start',
  'stop',
  'restart',
  'rm',
]);

/** Handles of the boxes a step is about, through its execution or attach if need be. */
export function boxesAbout(world: World, step: Step): string[] {
  if ('exec' in step) return known(world.execs[step.exec]?.box);
  if ('attach' in step) return known(boxOfAttach(world, step.attach));
  if ('on' in step) return [...new Set([step.on].flat())].filter((ref) => !ref.startsWith('?'));
  return 'as' in step ? [step.as] : [];
}

/**
 * Whether a step counts for a box: it is not refused there, or it leaves something behind all the same, as a
 * start that fails does. Any other refusal changes nothing (contract 8.4).
 */
export function counts(world: World, step: Step, box: string, { expect, next }: Outcome): boolean {
  if (next.boxes[box] !== world.boxes[box]) return true;
  if (expect.is !== 'batch') return expect.is !== 'refused';
  const at = 'on' in step && Array.isArray(step.on) ? step.on.indexOf(box) : -1;
  return expect.each[at]?.ok === true;
}

const known = (handle: string | undefined): string[] => (handle === undefined ? [] : [handle]);

function boxOfAttach(world: World, handle: string): string | undefined {
  const to = world.attaches[handle]?.to;
  if (!to) return undefined;
  return 'exec' in to ? world.execs[to.exec]?.box : to.box;
}

/** What a step counts as for one of its boxes; null where this level does not count it. */
export function keyAt(level: Level, world: World, step: Step, box: string): string | null {
  const via = 'via' in step ? step.via : 'rest';
  if (level === 'full') return `${step.op}|${via}|${situationOf(world, forBox(step, box))}`;
  if (level !== 'status' && !lifecycle.has(step.op)) return null;
  const status = world.boxes[box]?.status ?? 'new';
  return level === 'verbs' ? `${step.op}|${status}` : `${step.op}|${via}|${status}`;
}

/** A batch is for each of its boxes what it would be for that box alone. */
const forBox = (step: Step, box: string): Step =>
  'on' in step && Array.isArray(step.on) ? ({ ...step, on: [box] } as Step) : step;
