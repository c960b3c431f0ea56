import type { Step } from '../../program/step.ts';
import { handleMade } from '../generate/handles.ts';
import { idleSteps, type Job } from './job.ts';
import type { Pass } from './pass.ts';
import { handlesUsed, restsOn, without } from './refs.ts';

/**
 * The big cuts, boldest first, one run each: only what the failing step rests on; only its boxes, without
 * reads and refusals; only its boxes; everything without reads and refusals; then box after box.
 */
export const slicePass: Pass = {
  name: 'slice',
  *propose(job, from) {
    const big = bigCuts(job);
    const cuts = [...big, ...boxCuts(job)];
    for (let i = from?.at ?? 0; i < cuts.length; i++) {
      const cut = cuts[i] as ReadonlySet<number>;
      if (cut.size > 0 && keepsFailing(job, cut)) {
        // A box that went is no longer in the list: the next one has its place.
        yield { steps: without(job.steps, cut), resume: { at: i < big.length ? i + 1 : i, size: 0 } };
      }
    }
  },
};

const keepsFailing = (job: Job, cut: ReadonlySet<number>): boolean =>
  job.failing === null || !cut.has(job.failing);

function bigCuts(job: Job): ReadonlySet<number>[] {
  const idle = idleSteps(job);
  if (job.anchor === null) return [idle];
  const needed = restsOn(job.steps, job.anchor);
  const boxes = boxesAround(job.steps, needed);
  const preexisting = where(job.steps, (step) => !boxesOf(job.steps, step).some((box) => boxes.has(box)));
  preexisting.delete(job.anchor);
  return [
    where(job.steps, (_, index) => !needed.has(index)),
    new Set([...preexisting, ...idle].filter((index) => !needed.has(index))),
    preexisting,
    new Set([...idle].filter((index) => !needed.has(index))),
    ...(job.failing === null ? [idle] : []),
  ];
}

/** One box at a time, the last one first, with everything that hangs on it. */
function boxCuts(job: Job): ReadonlySet<number>[] {
  const makers = where(job.steps, (step) => handleMade(step)?.startsWith('box') === true);
  const needed = job.failing === null ? new Set<number>() : restsOn(job.steps, job.failing);
  return [...makers].reverse().flatMap((maker) => (needed.has(maker) ? [] : [new Set([maker])]));
}

function boxesAround(steps: readonly Step[], indices: ReadonlySet<number>): Set<string> {
  return new Set([...indices].flatMap((index) => boxesOf(steps, steps[index] as Step)));
}

/** The boxes a step is about, through its execution or attach if need be. */
function boxesOf(steps: readonly Step[], step: Step): string[] {
  const made = handleMade(step);
  const own = made?.startsWith('box') ? [made] : [];
  return [...own, ...handlesUsed(step).flatMap((handle) => boxesBehind(steps, handle))];
}

function boxesBehind(steps: readonly Step[], handle: string): string[] {
  if (handle.startsWith('box')) return [handle];
  const maker = steps.find((step) => handleMade(step) === handle);
  return maker ? handlesUsed(maker).flatMap((inner) => boxesBehind(steps, inner)) : [];
}

function where(steps: readonly Step[], holds: (step: Step, index: number) => boolean): Set<number> {
  return new Set(steps.flatMap((step, index) => (holds(step, index) ? [index] : [])));
}
