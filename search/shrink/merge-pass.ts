import type { Op, Step, StepOf } from '../../program/step.ts';
import { handleMade } from '../generate/handles.ts';
import { crossing } from './crossing.ts';
import type { Job } from './job.ts';
import type { Pass, Position, Proposal } from './pass.ts';
import { reused } from './reuse.ts';
import { voiced } from './voiced.ts';

/**
 * Two steps that one step can do: `create` and `start` are a `run`, a `run` whose end is waited for is a
 * `foreground`, one that is removed a `foreground` with `--rm`, a `stop` and what boots the box again are a `restart`,
 * an `attach` that is read to the end is a `wait`, a client that comes back is one that stayed, what is sent and
 * echoed is written by a command on its own.
 * Removal alone never finds these.
 */
export const mergePass: Pass = {
  name: 'merge',
  *propose(job, from) {
    for (let at = from?.at ?? 0; at < job.steps.length; at++) {
      yield* mergesOf(job, at, { at, size: 0 });
      const same = at === job.failing ? null : reused(job.steps, at);
      if (same) yield { steps: same, resume: { at, size: 0 } };
      const told = voiced(job.steps, at, job.failing);
      if (told) yield { steps: told, resume: { at, size: 0 } };
    }
    const crossed = crossing(job);
    if (crossed) yield { steps: crossed, resume: { at: job.steps.length, size: 0 }, crosses: true };
  },
};

function* mergesOf(job: Job, at: number, resume: Position): Generator<Proposal, void, boolean> {
  const first = job.steps[at] as Step;
  for (let later = at + 1; later < job.steps.length; later++) {
    const merged = later === job.failing ? null : mergedWith(first, job.steps[later] as Step);
    if (!merged) continue;
    yield { steps: job.steps.with(at, merged).toSpliced(later, 1), resume };
    yield { steps: job.steps.with(later, merged).toSpliced(at, 1), resume };
    return;
  }
}

/** Operations that boot a box at rest, whatever else they do; a client of its main session only one that never ran. */
const booting: ReadonlySet<Op> = new Set(['start', 'restart', 'exec', 'spawn', 'copy-in', 'copy-out']);
const bootingNew: ReadonlySet<Op> = new Set([...booting, 'attach-main']);

function mergedWith(first: Step, later: Step): Step | null {
  if (first.op === 'attach')
    return later.op === 'read' && later.attach === first.as ? { op: 'wait', exec: first.exec } : null;
  const box = first.op === 'stop' ? onlyTarget(first) : handleMade(first);
  if (box === null || onlyTarget(later) !== box) return null;
  switch (first.op) {
    case 'create':
      // Nothing was made, and no other verb has this field.
      if (first.flaw) return null;
      if (later.op === 'rm') return gone(first);
      return bootingNew.has(later.op) ? { ...first, op: 'run' } : null;
    case 'run':
      if (first.main && later.op === 'settle') return { ...first, op: 'foreground', main: first.main };
      if (later.op === 'rm') return gone(first);
      // A run that is stopped leaves what a run that ended by itself leaves: a box with a past. A sandbox at rest may
      // as well have none.
      if (later.op !== 'stop') return null;
      if (!first.main) return { ...first, op: 'create' };
      return { ...first, op: 'foreground', main: nothing };
    case 'foreground': {
      if (later.op === 'rm' && first.via !== 'rest') return { ...first, rm: true };
      if (later.op !== 'start' && later.op !== 'restart') return null;
      const { rm, stdin, ...made } = first;
      return { ...made, op: 'run' };
    }
    case 'stop':
      if (!booting.has(later.op)) return null;
      return { ...first, op: 'restart', via: first.via === 'rest' ? 'url' : first.via };
    default:
      return null;
  }
}

/** Leaves a box with a past, and nothing else. */
const nothing = { do: 'print', out: '', err: '', code: 0 } as const;

/** A box that was there once: only the CLI has a word for that. */
const gone = ({ main, ...made }: StepOf<'run'> | StepOf<'create'>): Step | null =>
  made.via === 'rest' ? null : { ...made, op: 'foreground', main: nothing, rm: true };

/** The one box a step is about. */
function onlyTarget(step: Step): string | null {
  if (!('on' in step)) return null;
  if (!Array.isArray(step.on)) return step.on;
  return step.on.length === 1 ? (step.on[0] ?? null) : null;
}
