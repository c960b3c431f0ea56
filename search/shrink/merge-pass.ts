import { verbs } from '../../commands/index.ts';
import type { Refers } from '../../model/refers.ts';
import type { Step } from '../../program/step.ts';
import { handleMade } from '../generate/handles.ts';
import type { Job } from './job.ts';
import { crossing, possible, reused, voiced } from './merges.ts';
import type { Position, Proposals } from './pass.ts';

/**
 * Two steps that one step can do: `create` and `start` are a `run`, a `run` whose end is waited for is a
 * `foreground`, one that is removed a `foreground` with `--rm`, a `stop` and what boots the box again are a `restart`,
 * an `attach` that is read to the end is a `wait`, a client that comes back is one that stayed, what is sent and
 * echoed is written by a command on its own.
 * Removal alone never finds these.
 */
export function* mergePass(job: Job, from: Position | null): Proposals {
  for (let at = from?.at ?? 0; at < job.steps.length; at++) {
    yield* mergesOf(job, at, { at, size: 0 });
    const same = at === job.failing ? null : reused(job.steps, at);
    if (same) yield { steps: same, resume: { at, size: 0 } };
    const told = voiced(job.steps, at, job.failing);
    if (told) yield { steps: told, resume: { at, size: 0 } };
  }
  const crossed = crossing(job);
  if (crossed) yield { steps: crossed, resume: { at: job.steps.length, size: 0 }, crosses: true };
}

function* mergesOf(job: Job, at: number, resume: Position): Proposals {
  const first = job.steps[at] as Step;
  for (let later = at + 1; later < job.steps.length; later++) {
    const merged = later === job.failing ? null : mergedWith(first, job.steps[later] as Step);
    if (!merged) continue;
    yield { steps: job.steps.with(at, merged).toSpliced(later, 1), resume };
    yield { steps: job.steps.with(later, merged).toSpliced(at, 1), resume };
    return;
  }
}

/** What the verb of the first step makes of the two; a verb on a box, only where both are about that box alone. */
function mergedWith(first: Step, later: Step): Step | null {
  const { merge, makes } = verbs[first.op];
  const box = makes === 'box' ? handleMade(first) : onlyTarget(first);
  if (!merge || (makes !== 'att' && (box === null || onlyTarget(later) !== box))) return null;
  return possible(merge(first, { step: later, effect: verbs[later.op].effect }));
}

/** The one box a step is about. */
function onlyTarget({ on = [] }: Refers): string | null {
  const [box = null, ...others] = [on].flat();
  return others.length === 0 ? box : null;
}
