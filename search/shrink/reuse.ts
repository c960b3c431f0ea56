import { verbs } from '../../commands/index.ts';
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
    index === at || (index > before && index < at && leaves(step, earlier.as));
  return steps
    .filter((step, index) => !isGone(step, index))
    .map((step) =>
      'attach' in step && step.attach === later.as ? ({ ...step, attach: earlier.as } as Step) : step,
    );
}

/** What an attach is to; null for any other step. */
function thingOf(step: Step): string | null {
  if (verbs[step.op].makes !== 'att') return null;
  if ('exec' in step) return step.exec;
  return 'on' in step ? `main of ${step.on}` : null;
}

const leaves = (step: Step, attach: string): boolean =>
  verbs[step.op].effect === 'leaves' && 'attach' in step && step.attach === attach;
