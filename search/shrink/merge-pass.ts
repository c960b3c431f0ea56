import type { Step } from '../../program/step.ts';
import { handleMade } from '../handles.ts';
import type { Job } from './job.ts';
import type { Pass, Position, Proposal } from './pass.ts';

/**
 * Two steps that one step can do: `create` and `start` are a `run`, a `run` whose end is waited for is a
 * `foreground`. Removal alone never finds these.
 */
export const mergePass: Pass = {
  name: 'merge',
  *propose(job, from) {
    for (let at = from?.at ?? 0; at < job.steps.length; at++) {
      const maker = job.steps[at] as Step;
      if (maker.op !== 'create' && maker.op !== 'run') continue;
      yield* mergesOf(job, at, { at, size: 0 });
    }
  },
};

function* mergesOf(job: Job, at: number, resume: Position): Generator<Proposal, void, boolean> {
  const maker = job.steps[at] as Step;
  for (let later = at + 1; later < job.steps.length; later++) {
    const merged = later === job.failing ? null : mergedWith(maker, job.steps[later] as Step);
    if (!merged) continue;
    yield { steps: job.steps.with(at, merged).toSpliced(later, 1), resume };
    yield { steps: job.steps.with(later, merged).toSpliced(at, 1), resume };
    return;
  }
}

function mergedWith(maker: Step, later: Step): Step | null {
  const box = handleMade(maker);
  if (maker.op === 'create' && (later.op === 'start' || later.op === 'restart')) {
    return later.on.length === 1 && later.on[0] === box ? { ...maker, op: 'run' } : null;
  }
  if (maker.op === 'run' && maker.main && later.op === 'settle' && later.on === box) {
    return { ...maker, op: 'foreground', main: maker.main };
  }
  // A run that is stopped leaves what a run that ended by itself leaves: a box with a past.
  if (maker.op === 'run' && later.op === 'stop' && later.on.length === 1 && later.on[0] === box) {
    return { ...maker, op: 'foreground', main: { do: 'print', out: '', err: '', code: 0 } };
  }
  return null;
}
