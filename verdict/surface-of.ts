import type { Step } from '../program/step.ts';

/** The surface a step goes through; executions and attaches exist over REST only, `-` is no surface at all. */
export function surfaceOf(step: Step): 'cli' | 'url' | 'rest' | '-' {
  if ('via' in step) return step.via;
  return step.op === 'host-write' || step.op === 'host-read' ? '-' : 'rest';
}
