import type { Step } from '../../program/step.ts';

/**
 * The program without an attach and what detached the one before it from the same thing: what is done with the later
 * one is done with the earlier one. Null when there is no earlier one.
 */
export function reused(steps: readonly Step[], at: number): Step[] | null {
  const later = steps[at] as Step;
  const thing = thingOf(later);
  if (thing === null || !('as' in later)) return null;
  const before = steps.slice(0, at).findLastIndex((step) => thingOf(step) === thing);
  const earlier = steps[before];
  if (!earlier || !('as' in earlier)) return null;
  const isGone = (step: Step, index: number): boolean =>
    index === at || (index > before && index < at && step.op === 'detach' && step.attach === earlier.as);
  return steps
    .filter((step, index) => !isGone(step, index))
    .map((step) =>
      'attach' in step && step.attach === later.as ? ({ ...step, attach: earlier.as } as Step) : step,
    );
}

/** What an attach is to; null for any other step. */
const thingOf = (step: Step): string | null =>
  step.op === 'attach' ? step.exec : step.op === 'attach-main' ? `main of ${step.on}` : null;
