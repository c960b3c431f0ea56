import { attachedTo, withAttach, withExec, withNew, withSlot } from '../../model/edit.ts';
import type { Prediction } from '../../model/outcome.ts';
import { homeOfStep } from '../../model/refers.ts';
import { endRun, removeBox } from '../../model/runs.ts';
import { unclearAfter } from '../../model/unclear.ts';
import type { Attach, Box, Exec, World } from '../../model/world.ts';
import type { Step } from '../../program/step.ts';
import type { KnownDivergence } from './schema.ts';
import { subjectAttach, subjectBoxes, subjectExec } from './subject.ts';

/** A step in the world before it, with what the contract allows there. */
export interface Taken {
  readonly world: World;
  readonly step: Step;
  readonly prediction: Prediction;
}

/** The world after an answer that is a known divergence's own. */
export function worldAfter(entry: KnownDivergence, taken: Taken): World {
  const { as } = entry.after;
  const [usual] = taken.prediction.outcomes;
  const named = taken.prediction.outcomes.find((outcome) => outcome.label === as)?.next;
  const isKnown = as === 'usual' || as === 'unchanged' || (named !== undefined && as !== 'unknown');
  const base = as === 'unchanged' ? taken.world : as === 'usual' ? usual.next : (named ?? usual.next);
  return isKnown ? patched(entry, base, taken) : unclearAfter(usual.next, taken.step);
}

/**
 * The world after an answer as the contract has it, or as another divergence has it, in which this one showed as
 * well; null where the entry is about another answer.
 * @param label of the contract's outcome; null for the answer of another divergence
 */
export function worldBeside(
  entry: KnownDivergence,
  taken: Taken,
  answered: { label: string | null; next: World },
): World | null {
  const { as } = entry.after;
  if (as === 'unknown') return unclearAfter(answered.next, taken.step);
  if (as === 'unchanged' && answered.label !== null) return patched(entry, taken.world, taken);
  const fits = answered.label === null || as === 'usual' || as === answered.label;
  return fits ? patched(entry, answered.next, taken) : null;
}

/** A world with what the entry says is different in it. */
function patched(entry: KnownDivergence, world: World, { step, world: before }: Taken): World {
  const boxes = withBoxPatch(entry, world, step, before);
  const attach = withAttachPatch(entry, withExecPatch(entry, boxes, step), step);
  return entry.after.slot === 'draining' ? withDrainingSlot(attach, step) : attach;
}

function withBoxPatch(entry: KnownDivergence, world: World, step: Step, before: World): World {
  const patch = entry.after.box;
  if (!patch) return world;
  const home = homeOfStep(step);
  return subjectBoxes(world, step).reduce((next, handle) => {
    const box = next.boxes[handle];
    return box?.home === home ? withPatch(next, box, patch, { step, before }) : next;
  }, world);
}

type BoxPatch = NonNullable<KnownDivergence['after']['box']>;

/** A box that went or stopped takes with it what hangs on it, as the model has it. */
function withPatch(world: World, box: Box, patch: BoxPatch, from: { step: Step; before: World }): World {
  if (patch.status === 'removed') return removeBox(world, box.handle);
  const base = patch.status === 'stopped' ? endRun(world, box.handle, patch.code ?? 'any') : world;
  const changed = withDisk(patchedBox(base.boxes[box.handle] as Box, patch), patch, from);
  return withNew(base, 'boxes', changed);
}

function withDisk(box: Box, patch: BoxPatch, { step, before }: { step: Step; before: World }): Box {
  if (patch.disk === undefined) return box;
  const disk = before.boxes[box.handle]?.disk ?? {};
  if (patch.disk === 'before' || !('path' in step)) return { ...box, disk };
  // Nobody has seen yet what becomes of a file that was there.
  if (disk[step.path] !== undefined) return { ...box, status: 'unclear' };
  return { ...box, disk, directories: [...box.directories, step.path] };
}

function patchedBox(box: Box, patch: BoxPatch): Box {
  return {
    ...box,
    ...(patch.status !== undefined && { status: patch.status }),
    ...(patch.code !== undefined && { code: patch.code }),
    ...(patch.mounts === 'none' && { mounts: [] }),
    ...(patch.attachedBy === null && { attachedBy: null }),
    runs: box.runs + (patch.runsAdd ?? 0),
  };
}

function withExecPatch(entry: KnownDivergence, world: World, step: Step): World {
  const exec = subjectExec(world, step);
  if (!entry.after.exec || !exec) return world;
  return withExec(world, exec.handle, defined<Exec>(entry.after.exec));
}

function withAttachPatch(entry: KnownDivergence, world: World, step: Step): World {
  const attach = world.attaches[subjectAttach(step) ?? ''];
  if (!entry.after.attach || !attach) return world;
  return withAttach(world, attach.handle, defined<Attach>(entry.after.attach));
}

function withDrainingSlot(world: World, step: Step): World {
  const attach = world.attaches[subjectAttach(step) ?? ''];
  if (!attach) return world;
  const closed = withAttach(world, attach.handle, { state: 'closed' });
  const { to } = attach;
  return attachedTo(closed, to) ? withSlot(closed, to, { attachedBy: null, draining: true }) : closed;
}

/** An optional field that is not given must not overwrite. */
const defined = <T>(patch: { readonly [K in keyof T]?: T[K] | undefined }): Partial<T> =>
  Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined)) as Partial<T>;
