import { homeOf } from '../../model/lookup.ts';
import type { Prediction } from '../../model/outcome.ts';
import { endRun, removeBox } from '../../model/runs.ts';
import type { Attach, Box, Exec, World } from '../../model/world.ts';
import type { Step } from '../../program/step.ts';
import type { KnownDivergence } from './schema.ts';
import { subjectAttach, subjectBoxes, subjectExec } from './subject.ts';

/**
 * The world a program goes on in after a known divergence; null when the entry names an outcome that the
 * contract does not have here, so that nothing is known and the program has to end.
 */
export function worldAfter(
  entry: KnownDivergence,
  world: World,
  step: Step,
  prediction: Prediction,
): World | null {
  const base = baseWorld(entry.after.as, world, prediction);
  if (!base) return null;
  const boxes = withBoxPatch(entry, base, step, world);
  return withAttachPatch(entry, withExecPatch(entry, boxes, step), step);
}

function baseWorld(as: string, world: World, prediction: Prediction): World | null {
  if (as === 'unknown') return null;
  if (as === 'unchanged') return world;
  if (as === 'usual') return prediction.outcomes[0].next;
  return prediction.outcomes.find((outcome) => outcome.label === as)?.next ?? null;
}

function withBoxPatch(entry: KnownDivergence, world: World, step: Step, before: World): World {
  const patch = entry.after.box;
  if (!patch) return world;
  const via = 'via' in step ? step.via : 'rest';
  return subjectBoxes(world, step).reduce((next, handle) => {
    const box = next.boxes[handle];
    return box?.home === homeOf(via) ? withPatch(next, box, patch, before) : next;
  }, world);
}

/** A box that went or stopped takes with it what hangs on it, as the model has it. */
function withPatch(
  world: World,
  box: Box,
  patch: NonNullable<KnownDivergence['after']['box']>,
  before: World,
): World {
  if (patch.status === 'removed') return removeBox(world, box.handle);
  const base = patch.status === 'stopped' ? endRun(world, box.handle, patch.code ?? 'any') : world;
  const patched = patchedBox(base.boxes[box.handle] as Box, patch);
  const changed = patch.disk ? { ...patched, disk: before.boxes[box.handle]?.disk ?? {} } : patched;
  return { ...base, boxes: { ...base.boxes, [box.handle]: changed } };
}

function patchedBox(box: Box, patch: NonNullable<KnownDivergence['after']['box']>): Box {
  return {
    ...box,
    ...(patch.status !== undefined && { status: patch.status }),
    ...(patch.code !== undefined && { code: patch.code }),
    ...(patch.mounts === 'none' && { mounts: [] }),
    ...(patch.attachedBy === null && { mainAttachedBy: null }),
    runs: box.runs + (patch.runsAdd ?? 0),
  };
}

function withExecPatch(entry: KnownDivergence, world: World, step: Step): World {
  const exec = subjectExec(world, step);
  if (!entry.after.exec || !exec) return world;
  return {
    ...world,
    execs: { ...world.execs, [exec.handle]: { ...exec, ...defined<Exec>(entry.after.exec) } },
  };
}

function withAttachPatch(entry: KnownDivergence, world: World, step: Step): World {
  const attach = world.attaches[subjectAttach(step) ?? ''];
  if (!entry.after.attach || !attach) return world;
  const patched = { ...attach, ...defined<Attach>(entry.after.attach) };
  return { ...world, attaches: { ...world.attaches, [attach.handle]: patched } };
}

/** An optional field that is not given must not overwrite. */
const defined = <T>(patch: { readonly [K in keyof T]?: T[K] | undefined }): Partial<T> =>
  Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined)) as Partial<T>;
