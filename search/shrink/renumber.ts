import type { Step } from '../../program/step.ts';
import { handleMade, kindMade } from '../generate/handles.ts';

/** The same program with its handles numbered in order of appearance: box1, box2, ..., exec1, ... */
export function renumber(steps: readonly Step[]): Step[] {
  const names = newNames(steps);
  const rename = (handle: string): string => names.get(handle) ?? handle;
  return steps.map((step) => {
    const changed: Record<string, unknown> = { ...step };
    if ('as' in step) changed.as = rename(step.as);
    if ('on' in step) changed.on = Array.isArray(step.on) ? step.on.map(rename) : rename(step.on);
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
