import { verbs } from '../../commands/index.ts';
import type { HandleKind } from '../../domain/handle.ts';
import type { Step } from '../../program/step.ts';

/** The kind of thing a step makes; null for a step that makes nothing. */
export const kindMade = (step: Step): HandleKind | null => verbs[step.op].makes ?? null;

/** The handle a step makes; null for a step that makes nothing. */
export const handleMade = (step: Step): string | null => ('as' in step ? step.as : null);

/** The first number of a kind that no step has used, in order of appearance: `box1`, `box2`, ... */
export function nextHandle(steps: readonly Step[], kind: HandleKind): string {
  const numbers = steps.filter((step) => kindMade(step) === kind).map((step) => numberOf(handleMade(step)));
  return `${kind}${Math.max(0, ...numbers) + 1}`;
}

/** The step with the next free handle of its kind, whatever its verb had drawn; other steps unchanged. */
export function withFreshHandle(steps: readonly Step[], step: Step): Step {
  const kind = kindMade(step);
  return kind ? ({ ...step, as: nextHandle(steps, kind) } as Step) : step;
}

const numberOf = (handle: string | null): number => Number(/[0-9]+$/u.exec(handle ?? '')?.[0] ?? 0);
