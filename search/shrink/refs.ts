import type { Refers } from '../../model/refers.ts';
import type { Step } from '../../program/step.ts';
import { handleMade, kindMade } from '../generate/handles.ts';

/** Handles a step uses; literal texts (`?...`) are not handles. */
export const handlesUsed = ({ on, exec, attach }: Refers): string[] =>
  [on ?? [], exec ?? [], attach ?? []].flat().filter((handle) => !handle.startsWith('?'));

/** Whether every handle is made before it is used, and made once. */
export function isClosed(steps: readonly Step[]): boolean {
  const made = new Set<string>();
  for (const step of steps) {
    if (handlesUsed(step).some((handle) => !made.has(handle))) return false;
    const handle = handleMade(step);
    if (handle !== null && made.has(handle)) return false;
    if (handle !== null) made.add(handle);
  }
  return true;
}

/**
 * The indices that have to go when some go: a step that uses a handle goes with the step that makes it. Of
 * several targets of one step only those are lost; `without` takes them out.
 */
export function withDependents(steps: readonly Step[], removed: ReadonlySet<number>): Set<number> {
  const gone = new Set<string>();
  const all = new Set(removed);
  steps.forEach((step, index) => {
    if (!all.has(index) && losesAll(step, gone)) all.add(index);
    const made = handleMade(step);
    if (all.has(index) && made !== null) gone.add(made);
  });
  return all;
}

/** The program without these steps and all that hangs on them. */
export function without(steps: readonly Step[], removed: ReadonlySet<number>): Step[] {
  const all = withDependents(steps, removed);
  const gone = new Set([...all].map((index) => handleMade(steps[index] as Step)));
  return steps.filter((_, index) => !all.has(index)).map((step) => withoutTargets(step, gone));
}

function losesAll(step: Step, gone: ReadonlySet<string>): boolean {
  if ('on' in step && Array.isArray(step.on)) return step.on.every((target) => gone.has(target));
  return handlesUsed(step).some((handle) => gone.has(handle));
}

function withoutTargets(step: Step, gone: ReadonlySet<string | null>): Step {
  if (!('on' in step) || !Array.isArray(step.on)) return step;
  const left = step.on.filter((target) => !gone.has(target));
  return left.length === step.on.length ? step : ({ ...step, on: left } as Step);
}

/** Indices of the steps a step rests on: the makers of its handles, and of theirs. The step itself included. */
export function restsOn(steps: readonly Step[], index: number): Set<number> {
  const needed = new Set([index]);
  for (let i = index; i >= 0; i--) {
    if (!needed.has(i)) continue;
    for (const handle of handlesUsed(steps[i] as Step)) {
      const maker = steps.findIndex((step) => handleMade(step) === handle);
      if (maker >= 0) needed.add(maker);
    }
  }
  return needed;
}

/** The same program with its handles numbered in order of appearance: box1, box2, ..., exec1, ... */
export function renumber(steps: readonly Step[]): Step[] {
  const names = newNames(steps);
  return withHandles(steps, (handle) => names.get(handle) ?? handle);
}

/** The same program with other handles. */
export function withHandles(steps: readonly Step[], rename: (handle: string) => string): Step[] {
  return steps.map((step) => {
    const changed: Record<string, unknown> = { ...step };
    if ('as' in step) changed.as = rename(step.as);
    if ('on' in step && step.on !== undefined)
      changed.on = Array.isArray(step.on) ? step.on.map(rename) : rename(step.on);
    if ('exec' in step) changed.exec = rename(step.exec);
    if ('attach' in step) changed.attach = rename(step.attach);
    return changed as Step;
  });
}

function newNames(steps: readonly Step[]): Map<string, string> {
  const counts = { box: 0, exec: 0, att: 0 };
  const names = new Map<string, string>();
  for (const step of steps) {
    const handle = handleMade(step);
    const kind = kindMade(step);
    if (handle !== null && kind !== null && !names.has(handle)) names.set(handle, `${kind}${++counts[kind]}`);
  }
  return names;
}
