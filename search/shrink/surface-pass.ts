import { verbs } from '../../commands/index.ts';
import type { Step, Surface } from '../../program/step.ts';
import { handleMade } from '../generate/handles.ts';
import type { Job } from './job.ts';
import type { Position, Proposals } from './pass.ts';
import { handlesUsed } from './refs.ts';

/**
 * Towards one surface, that of the failing step: everything at once, surface by surface, box by box, step by
 * step.
 */
export function* surfacePass(job: Job, from: Position | null): Proposals {
  const goal = goalOf(job);
  if (!goal) return;
  const groups = groupsOf(job, goal);
  for (let i = from?.at ?? 0; i < groups.length; i++) {
    const group = groups[i] as ReadonlySet<number>;
    const moved = job.steps.map((step, index) => (group.has(index) ? moveTo(step, goal) : step));
    const resume = { at: i + 1, size: 0 };
    const legal = yield { steps: moved, resume };
    // What has to be waited for on one surface may be over at once on the other.
    const settled = (step: Step, index: number) => verbs[step.op].effect === 'settles' && group.has(index);
    if (!legal) yield { steps: moved.filter((step, index) => !settled(step, index)), resume };
  }
}

/** The surface of the failing step, or of the last step that has one. */
export function goalOf(job: Pick<Job, 'steps' | 'failing'>): Surface | null {
  const failing = job.failing === null ? undefined : job.steps[job.failing];
  const own = failing && viaOf(failing);
  return own ?? job.steps.map(viaOf).findLast((via) => via !== undefined) ?? null;
}

/** Whether a step is not on the goal's surface, or where its verb has no such, not as near as it can be. */
export const isAway = (step: Step, goal: Surface): boolean => moveTo(step, goal) !== step;

const viaOf = (step: Step): Surface | undefined => ('via' in step ? step.via : undefined);

function moveTo(step: Step, goal: Surface): Step {
  const own = viaOf(step);
  if (own === undefined) return step;
  const has = (via: Surface): boolean => verbs[step.op].surfaces.includes(via);
  if (verbs[step.op].unsaid && !has(goal)) {
    const { via: _sdk, ...unsaid } = step as Step & { via?: Surface };
    return unsaid as Step;
  }
  const via = ([goal, 'rest', 'url'] as const).find(has);
  return via === undefined || own === via ? step : ({ ...step, via } as Step);
}

function groupsOf(job: Job, goal: Surface): Set<number>[] {
  const away = job.steps.flatMap((step, index) => (isAway(step, goal) ? [index] : []));
  const by = (keyOf: (step: Step) => string): Set<number>[] =>
    [...Map.groupBy(away, (index) => keyOf(job.steps[index] as Step)).values()].map((some) => new Set(some));
  if (away.length === 0) return [];
  const single = [...away].reverse().map((index) => new Set([index]));
  return [new Set(away), ...by((step) => viaOf(step) ?? '-'), ...by(boxOf), ...single];
}

const boxOf = (step: Step): string => handleMade(step) ?? handlesUsed(step)[0] ?? '-';
