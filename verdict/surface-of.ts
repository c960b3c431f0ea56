import type { Step, Surface } from '../program/step.ts';

/** The surface a step goes through; executions and attaches exist over REST only, `-` is no surface at all. */
export function surfaceOf(step: Step): Surface | '-' {
  if ('via' in step) return step.via;
  return 'on' in step || 'exec' in step || 'attach' in step ? 'rest' : '-';
}
