import type { Step } from '../../program/step.ts';
import { handleMade } from '../generate/handles.ts';
import type { Job } from './job.ts';
import { without } from './refs.ts';

/**
 * What a command showed in a running box, a box that is made for that command alone may show too (contract 2.2):
 * one step instead of two. Null when the program does not end in such an exec.
 */
export function crossing({ steps, failing }: Job): Step[] | null {
  const exec = failing === null ? undefined : steps[failing];
  if (exec?.op !== 'exec' || exec.badWorkdir || exec.timeoutS !== undefined) return null;
  const at = steps.findIndex((step) => handleMade(step) === exec.on);
  const maker = steps[at];
  if (maker?.op !== 'run' && maker?.op !== 'create') return null;
  if ('flaw' in maker) return null;
  const { via, work: main, stdin } = exec;
  const fed = stdin === undefined ? {} : { stdin };
  return [...without(steps, new Set([at])), { ...maker, op: 'foreground', via, main, ...fed }];
}
