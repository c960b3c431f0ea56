import type { Op, Step } from '../program/step.ts';

const none: ReadonlySet<Op> = new Set<Op>(['host-write', 'host-read', 'restart-server']);

/** The surface a step goes through; executions and attaches exist over REST only, `-` is no surface at all. */
export function surfaceOf(step: Step): 'cli' | 'url' | 'rest' | '-' {
  if ('via' in step) return step.via;
  return none.has(step.op) ? '-' : 'rest';
}
