import { verbs } from '../../commands/index.ts';
import type { Prediction } from '../../model/outcome.ts';
import { homeOfStep } from '../../model/refers.ts';
import { endRun, failRun, removeBox, startRun } from '../../model/runs.ts';
import { unclearAfter } from '../../model/unclear.ts';
import {
  attachedTo,
  type Box,
  type Exec,
  isUp,
  type World,
  withAttach,
  withBox,
  withExec,
  withNew,
  withSlot,
} from '../../model/world.ts';
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
  return isKnown ? patched(entry, base, taken) : unclear(entry, usual.next, taken.step);
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
  if (as === 'unknown') return unclear(entry, answered.next, taken.step);
  if (as === 'unchanged' && answered.label !== null) return patched(entry, taken.world, taken);
  const fits = answered.label === null || as === 'usual' || as === answered.label;
  return fits ? patched(entry, answered.next, taken) : null;
}

/** The world in which nothing can be said of what the step is about, but that its boxes are bare where the entry says so. */
function unclear({ after }: KnownDivergence, world: World, step: Step): World {
  const next = unclearAfter(world, step);
  if (!after.box?.bare) return next;
  const boxes = subjectBoxes(next, step).filter((handle) => next.boxes[handle]);
  return boxes.reduce((bared, handle) => withBox(bared, handle, { name: null, options: {} }), next);
}

/** A world with what the entry says is different in it. */
function patched({ after }: KnownDivergence, world: World, { step, world: before }: Taken): World {
  const home = homeOfStep(step);
  const boxes = after.box ? subjectBoxes(world, step) : [];
  const changed = boxes.reduce((next, handle) => {
    const box = next.boxes[handle];
    return box?.home === home ? withPatch(next, box, after.box ?? {}, { step, before }) : next;
  }, world);
  const exec = after.exec ? subjectExec(changed, step) : null;
  const freed = exec && !isAnothers(exec, step) ? withExec(changed, exec.handle, after.exec ?? {}) : changed;
  const attach = world.attaches[subjectAttach(step) ?? ''];
  if (!attach || (!after.attach && !after.slot)) return freed;
  const closed = withAttach(freed, attach.handle, { state: 'closed' });
  const drains = after.slot === 'draining' && attachedTo(closed, attach.to);
  return drains ? withSlot(closed, attach.to, { attachedBy: null, draining: true }) : closed;
}

/** Whether a step that attaches has left the slot to the client that has it. */
const isAnothers = ({ attachedBy }: Exec, step: Step): boolean =>
  attachedBy !== null && verbs[step.op].makes === 'att' && attachedBy !== subjectAttach(step);

type BoxPatch = NonNullable<KnownDivergence['after']['box']>;

/** A box that went or stopped takes with it what hangs on it, as the model has it. */
function withPatch(world: World, box: Box, patch: BoxPatch, from: { step: Step; before: World }): World {
  if (patch.status === 'removed') return removeBox(world, box.handle);
  const base = withRun(world, box, patch);
  const changed = withDisk(patchedBox(base.boxes[box.handle] as Box, patch, from.step), patch, from);
  return withNew(base, 'boxes', changed);
}

function withRun(world: World, box: Box, patch: BoxPatch): World {
  const { handle } = box;
  if (patch.status === 'stopped') return endRun(world, handle, patch.code ?? 'any');
  // Another divergence at the same step may have started it already.
  if (!patch.started || isUp(box)) return world;
  return startRun(world, handle)[0] ?? failRun(world, handle);
}

function withDisk(box: Box, patch: BoxPatch, { step, before }: { step: Step; before: World }): Box {
  if (patch.disk === undefined) return box;
  const disk = before.boxes[box.handle]?.disk ?? {};
  if (patch.disk === 'before' || !('path' in step)) return { ...box, disk };
  // Nobody has seen yet what becomes of a file that was there.
  if (disk[step.path] !== undefined) return { ...box, status: 'unclear' };
  return { ...box, disk, directories: [...box.directories, step.path] };
}

function patchedBox(box: Box, patch: BoxPatch, step: Step): Box {
  const { status = box.status, code = box.code } = patch;
  const asked = patch.mounts === 'asked' && 'mounts' in step ? step.mounts : undefined;
  return { ...box, status, code, mounts: asked ?? box.mounts };
}
