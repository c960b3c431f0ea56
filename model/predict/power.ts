import { deadlines } from '../../domain/deadlines.ts';
import { type By, isCli, type Surface } from '../../domain/surface.ts';
import { goesAtRest } from '../lifetime.ts';
import { allow, done, type Outcome, type Prediction, refused } from '../outcome.ts';
import { endMainAttach, failRun, hasClones, removeBox, settled, startRun, stopRun } from '../runs.ts';
import { type Box, findBox, isUp, type World, withBox } from '../world.ts';
import { bootRefusal, maybeTaken } from './creation.ts';
import { boxExpect } from './views.ts';

/** One of the verbs that take one or several boxes; `force` is that of rm. */
export interface Power {
  readonly op: 'start' | 'stop' | 'restart' | 'rm';
  readonly via: Surface;
  readonly on: readonly string[];
  readonly by?: By | undefined;
  readonly force?: boolean | undefined;
}
type One = (world: World, box: Box, step: Power) => Outcome[];

const boot: One = (world, box) => {
  const started = startRun(world, box.handle).map((next) => done('started', next));
  if (started.length === 0) return [refused(bootRefusal(box, world), failRun(world, box.handle))];
  return [...started, ...maybeTaken(world, box)];
};

/** One that meets the end of a run has no effect, or is one more run (contract 2.1, 7.1). */
const start: One = (world, box, step) => {
  if (box.spent) return [refused('spent', world)];
  if (box.status === 'running') return [done('already', world)];
  if (box.status !== 'ending') return boot(world, box, step);
  const over = settled(world, box.handle);
  // That a run has ended by itself spends the handle as well.
  if (box.home === 'sdk') return [done('already', world), refused('spent', over)];
  return [done('already', world), ...boot(over, over.boxes[box.handle] as Box, step)];
};

/** The VM of a box that was only booted is down: the box is as it was, or a stopped one that never ran (contract 5.5). */
const unprimed = (world: World, { handle }: Box): World[] => {
  const ended = withBox(endMainAttach(world, handle, 'any', true), handle, { attachedBy: null });
  return [
    withBox(ended, handle, { status: 'configured' }),
    withBox(ended, handle, { status: 'stopped', code: 'any' }),
  ];
};

/** Configured stays Configured; a run that is over keeps its code (contract 2.1, 3.3). */
const stop: One = (world, box) => {
  const { handle, status } = box;
  if (status === 'configured' || status === 'stopped') {
    // The handle of an SDK is spent all the same, and of a box that goes when it stops it is not said what becomes of
    // one that has never run (contract 15.5).
    const next = box.home === 'sdk' ? withBox(world, handle, { spent: true }) : world;
    return [done('no-effect', next), ...(goesAtRest(box) ? [done('stopped', removeBox(world, handle))] : [])];
  }
  if (status === 'failed')
    return [done('stopped', withBox(world, handle, { status: 'stopped', code: 'any' }))];
  if (status === 'primed')
    return [done('no-effect', world), ...unprimed(world, box).map((next) => done('stopped', next))];
  return stopRun(world, handle).map((next) => done('stopped', next));
};

const restart: One = (world, box, step) => {
  const downs = isUp(box) ? stopRun(world, box.handle) : [world];
  const primed = box.status === 'primed' ? unprimed(world, box).slice(0, 1) : [];
  const boots = [...downs, ...primed].map((down) => boot(down, down.boxes[box.handle] as Box, step));
  return boots.flat();
};

const rm: One = (world, box, step) => {
  const gone = done('removed', removeBox(world, box.handle));
  if (step.force) return [gone];
  if (hasClones(world, box.handle)) {
    const up = box.status === 'running' || box.status === 'ending';
    return [refused('has-clones', world), ...(up ? [refused('still-running', world)] : [])];
  }
  if (box.status === 'running') return [refused('still-running', world)];
  const maybeUp = box.status === 'ending' || box.status === 'primed';
  return maybeUp ? [gone, refused('still-running', world)] : [gone];
};

const rules: Record<Power['op'], { one: One; deadlineMs: number }> = {
  start: { one: start, deadlineMs: deadlines.bootMs },
  stop: { one: stop, deadlineMs: deadlines.stopMs },
  restart: { one: restart, deadlineMs: deadlines.bootMs + deadlines.stopMs },
  rm: { one: rm, deadlineMs: deadlines.removeMs },
};

/** A handle of a box that is gone may still be told to stop (contract 15.5). */
function nowhere(world: World, ref: string, { op, via }: Power): Outcome[] {
  const isHeld = op === 'stop' && via === 'local-sdk' && world.boxes[ref]?.home === 'sdk';
  return [refused('unknown-box', world), ...(isHeld ? [done('no-effect', world)] : [])];
}

/** start, stop, restart, rm of one or several boxes: targets are independent (contract 2.5, 2.6). */
export function predictPower(world: World, step: Power): Prediction | null {
  const { one, deadlineMs } = rules[step.op];
  if (!isCli(step.via) && step.on.length > 1) return null;
  let paths: { world: World; each: Outcome[] }[] = [{ world, each: [] }];
  for (const [at, ref] of step.on.entries()) {
    paths = paths.flatMap((path) => {
      const box = findBox(path.world, ref, step.via);
      const outcomes = box ? one(path.world, box, step) : nowhere(path.world, ref, step);
      const isAgain = step.op === 'restart' && step.on.slice(0, at).includes(ref);
      const all = isAgain ? outcomes.flatMap((outcome) => unmarkedToo(outcome, ref)) : outcomes;
      return all.map((outcome) => ({ world: outcome.next, each: [...path.each, outcome] }));
    });
  }
  const outcomes = paths.map((path) => (step.on.length === 1 ? single(path, step) : batch(path)));
  return allow(deadlineMs * step.on.length, ...(outcomes as [Outcome, ...Outcome[]]));
}

/** A run that the same command stops again may not have come to leave its mark: it is started, not waited for. */
function unmarkedToo(outcome: Outcome, handle: string): Outcome[] {
  const box = outcome.next.boxes[handle];
  if (box?.kind !== 'job' || !box.runsOnDisk) return [outcome];
  const next = withBox(outcome.next, handle, { runsOnDisk: box.runsOnDisk - 1 });
  return [outcome, { ...outcome, next }];
}

/** One target: REST start and stop also tell the box (contract 4.2). */
function single(path: { world: World; each: Outcome[] }, step: Power): Outcome {
  const outcome = path.each[0] as Outcome;
  if (outcome.expect.is !== 'done' || step.op === 'rm' || step.via !== 'rest') return outcome;
  const box = path.world.boxes[step.on[0] as string] as Box;
  return { ...outcome, expect: { is: 'done', box: boxExpect(box) } };
}

function batch(path: { world: World; each: Outcome[] }): Outcome {
  const each = path.each.map(({ expect }) =>
    expect.is === 'refused' ? { ok: false, reason: expect.reason } : { ok: true },
  );
  const label = `batch:${path.each.map((outcome) => outcome.label).join(',')}`;
  return { label, expect: { is: 'batch', each }, next: path.world };
}
