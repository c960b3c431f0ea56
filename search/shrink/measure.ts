import type { Step } from '../../program/step.ts';
import { goalOf, isAway } from './surface-pass.ts';

/**
 * Size of a program as a tuple compared from the left: steps, targets of steps, steps away from the one
 * surface, boxes spelled other than by id. Arguments come last; they are bounded by a number of simplifications
 * along one path (`fuel`), because what is simpler is for each verb to say. Every candidate is smaller in the
 * tuple followed by fuel, so shrinking ends.
 */
export function measure(steps: readonly Step[], failing: number | null): number[] {
  const goal = goalOf({ steps, failing });
  const targets = steps.map((step) => ('on' in step && Array.isArray(step.on) ? step.on.length : 0));
  return [
    steps.length,
    targets.reduce((sum, n) => sum + n, 0),
    goal ? steps.filter((step) => isAway(step, goal)).length : 0,
    steps.filter((step) => 'by' in step && step.by !== undefined).length,
  ];
}

/** Negative, zero or positive, as for sorting. */
export function compareMeasures(a: readonly number[], b: readonly number[]): number {
  for (let i = 0; i < Math.max(a.length, b.length); i++) {
    const difference = (a[i] ?? 0) - (b[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
