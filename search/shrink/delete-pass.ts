import type { Step } from '../../program/step.ts';
import { kindMade } from '../generate/handles.ts';
import { trajectoryOf } from '../worlds/possible-worlds.ts';
import type { Job } from './job.ts';
import type { Position, Proposals } from './pass.ts';
import { restsOn, withDependents, without } from './refs.ts';

/** Pairs tried for one step whose removal alone the model refuses. */
const PAIRS = 3;

/** Keeps what the step in question rests on, or else what changes its boxes: one run each, most failures need no more. */
export function* slicePass({ rules, steps, anchor }: Job, from: Position | null): Proposals {
  if (anchor === null) return;
  const needed = restsOn(steps, anchor);
  const boxes = new Set([...needed].filter((index) => kindMade(steps[index] as Step) === 'box'));
  const worlds = trajectoryOf(rules, steps, 'some') ?? [];
  const isIdle = (index: number): boolean =>
    worlds[index] !== undefined && worlds[index + 1]?.[0] === worlds[index]?.[0];
  const cuts = [
    (index: number) => !needed.has(index),
    (index: number) => !needed.has(index) && (isIdle(index) || restsOn(steps, index).isDisjointFrom(boxes)),
  ];
  for (const [at, goes] of [...cuts.entries()].slice(from?.at)) {
    const gone = new Set(steps.keys().filter(goes));
    if (gone.size > 0) yield { steps: without(steps, gone), resume: { at: at + 1, size: 0 } };
  }
}

/**
 * Removes chunks of steps, from half the program down to single ones, from the back to the front. After a
 * success it goes on where it was, in the same chunk size.
 */
export function* chunkPass(job: Job, from: Position | null): Proposals {
  const half = Math.ceil(removable(job).length / 2);
  for (let size = from?.size ?? half; size > 1; size = Math.ceil(size / 2)) {
    const end = from?.size === size ? from.at : removable(job).length;
    yield* chunksOf(job, size, end);
    if (size === 2) break;
  }
}

/** Removes single steps, from the back to the front, with a second one where the model wants both to go. */
export function* singlePass(job: Job, from: Position | null): Proposals {
  const indices = removable(job);
  for (let at = Math.min(from?.at ?? indices.length, indices.length); at > 0; at--) {
    const index = indices[at - 1] as number;
    const resume = { at: at - 1, size: 1 };
    const legal = yield { steps: without(job.steps, new Set([index])), resume };
    if (!legal) yield* withAnother(job, indices, index, resume);
  }
}

/** Indices of the steps that can go without taking the failing one along. */
function removable(job: Job): number[] {
  const all = job.steps.map((_, index) => index);
  if (job.failing === null) return all;
  return all.filter((index) => !withDependents(job.steps, new Set([index])).has(job.failing as number));
}

function* chunksOf(job: Job, size: number, end: number): Proposals {
  const indices = removable(job);
  for (let at = Math.min(end, indices.length); at > 0; at -= size) {
    const from = Math.max(0, at - size);
    yield { steps: without(job.steps, new Set(indices.slice(from, at))), resume: { at: from, size } };
  }
}

/** A stop cannot go without the start after it: the two together can. */
function* withAnother(job: Job, indices: readonly number[], index: number, resume: Position): Proposals {
  let legal = 0;
  for (const other of indices.toReversed()) {
    if (other === index || legal >= PAIRS) continue;
    if (yield { steps: without(job.steps, new Set([index, other])), resume }) legal++;
  }
}
