import { verbs } from '../../commands/index.ts';
import type { Step } from '../../program/step.ts';
import { handleMade } from '../generate/handles.ts';
import type { Job } from './job.ts';
import { without } from './refs.ts';

/**
 * What a command showed in a running box, a box that is made for that command alone may show too (contract 2.2):
 * one step instead of two. Null when the program does not end in such a command.
 */
export function crossing({ steps, failing }: Job): Step[] | null {
  const last = failing === null ? undefined : steps[failing];
  if (!last || !('on' in last)) return null;
  const at = steps.findIndex((step) => handleMade(step) === last.on);
  const maker = steps[at];
  if (!maker || verbs[maker.op].toTheEnd || 'flaw' in maker) return null;
  const alone = verbs[last.op].alone?.(last, maker);
  return alone ? [...without(steps, new Set([at])), alone as Step] : null;
}
