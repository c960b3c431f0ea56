import { deadlines } from '../../domain/deadlines.ts';
import { withoutDeadlines } from '../../domain/options.ts';
import { type By, isCli, type Sdk, type Surface } from '../../domain/surface.ts';
import { cutOff, mainEnds } from '../execs.ts';
import { allow, done, type Outcome, type Prediction, refused } from '../outcome.ts';
import {
  endMainAttach,
  failRun,
  hasClones,
  numbersOf,
  removeBox,
  settled,
  startRun,
  stopCodes,
  stopRun,
} from '../runs.ts';
import {
  type Attach,
  attachedTo,
  type Box,
  boxesOf,
  type Exec,
  execsOf,
  findBox,
  goesAtRest,
  isUp,
  type World,
  withAttach,
  withBox,
  withExec,
  withSlot,
} from '../world.ts';
import { bootRefusal } from './creation.ts';
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
  return started.length > 0 ? started : [refused(bootRefusal(box), failRun(world, box.handle))];
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
  if (status === 'configured' || status === 'stopped') return [done('no-effect', world)];
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

/** A handle of a box that is gone may still be told to stop (contract 15.2). */
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

/**
 * The server ends and another one opens its home (contract 3.5): detached boxes live on, executions are
 * forgotten, attached clients get an end, everything else is as it was. Nothing is predicted beside a box whose VM is up
 * without a run: what the next server makes of it nobody says.
 */
export function predictRestartServer(world: World): Prediction | null {
  const boxes = Object.values(world.boxes).filter(({ home }) => home === 'server');
  if (boxes.some(({ status }) => status === 'primed')) return null;
  const ended = Object.values(world.attaches).reduce(clientEnds, world);
  const forgotten = Object.values(ended.execs).reduce(
    (next, { handle, box }) =>
      world.boxes[box]?.home === 'server'
        ? withExec(next, handle, { status: 'gone', attachedBy: null, draining: false, held: null })
        : next,
    ended,
  );
  const worlds = boxes.reduce((all, box) => all.flatMap((next) => handedOver(next, box)), [forgotten]);
  const [first, ...others] = worlds.map((next) => done('another-server', next)) as [Outcome, ...Outcome[]];
  return allow(deadlines.stopMs + deadlines.serveMs, first, ...others);
}

/** The process of an SDK dies: a client that vanishes, whose commands go on (contract 5.4, 15.2). */
export function predictDropSdk(world: World, step: { readonly via: Sdk }): Prediction {
  if (step.via === 'local-sdk') return predictOwnerGone(world);
  const free = { attachedBy: null, draining: true };
  const execs = Object.values(world.execs).filter(({ held }) => held?.via === step.via);
  const dropped = execs.reduce(
    (next, { handle, attachedBy }) =>
      withExec(next, handle, { held: null, ...(attachedBy === step.via ? free : {}) }),
    world,
  );
  const next = Object.values(world.attaches)
    .filter(({ via, state }) => via === step.via && state !== 'closed')
    .reduce((acc, { handle, to }) => {
      const closed = withAttach(acc, handle, { state: 'closed' });
      return attachedTo(acc, to)?.attachedBy === handle ? withSlot(closed, to, free) : closed;
    }, dropped);
  return allow(deadlines.commandMs, done('dropped', next));
}

/**
 * The runtime of the third home dies (contract 3.4, 15.2). The next one has other handles and knows no execution; what
 * belonged to it is stopped, and whether a box is then there that goes when it stops is not said.
 */
function predictOwnerGone(world: World): Prediction {
  const boxes = boxesOf(world, 'sdk');
  const forgotten = boxes.flatMap(({ handle }) => execsOf(world, handle));
  const free = forgotten.reduce(
    (next, { handle }) => withExec(next, handle, { status: 'gone', attachedBy: null, held: null }),
    world,
  );
  const worlds = boxes.reduce((all, box) => all.flatMap((next) => orphaned(next, box)), [free]);
  const [first, ...others] = worlds.map((next) => done('dropped', next)) as [Outcome, ...Outcome[]];
  return allow(deadlines.commandMs, first, ...others);
}

function orphaned(world: World, box: Box): World[] {
  if (box.status !== 'running' && box.status !== 'ending')
    return [withBox(world, box.handle, { spent: false })];
  if (!goesAtRest(box))
    return handedOver(world, box).map((next) =>
      withBox(next, box.handle, { options: box.options, spent: false }),
    );
  return [removeBox(world, box.handle), withBox(world, box.handle, { status: 'unclear', code: 'any' })];
}

/**
 * What may become of a box when its server ends: one that belongs to it is stopped, orderly or not (contract 3.4), and
 * whether the next server knows its deadlines is not said (contract 12.4).
 */
function handedOver(world: World, box: Box): World[] {
  const { handle, status, detached, main } = box;
  const options = withoutDeadlines(box.options);
  const free = withBox(world, handle, { options, attachedBy: null, draining: false });
  if (status !== 'running' && status !== 'ending') return [free];
  const adopted = withBox(free, handle, { adopted: true });
  // Nobody may have been there to take the code down (contract 3.3).
  if (status === 'ending') return [adopted, withBox(adopted, handle, { code: null })];
  if (!detached) return [...stopCodes(box), null].map((code) => mainEnds(adopted, handle, code));
  // The server held its stdin.
  return main?.do === 'cat' ? [adopted, mainEnds(adopted, handle, 0)] : [adopted];
}

/** Codes that may be told of what a client was attached to when its server ended. */
function codesOf(world: World, source: Exec | Box): readonly number[] {
  const isExec = 'codes' in source;
  if (source.status !== 'running') return isExec ? source.codes : numbersOf(source.code);
  const box = isExec ? world.boxes[source.box] : source;
  if (!box || box.detached) return [];
  return isExec ? cutOff(source).codes : stopCodes(box).flatMap(numbersOf);
}

/** On the wire: no code is known (contract 5.1). */
const UNKNOWN = -1;

/**
 * What had arrived by then may be a prefix. Where the command has not ended, an exit frame, which may tell the
 * end of the server too (contract 8.8), can name no code, unless the box was stopped with the server (contract 3.4).
 */
function clientEnds(world: World, attach: Attach): World {
  // An SDK tries again with the next server: what it makes of a main session, which that one has as well, is not said.
  if (attach.via !== null && 'box' in attach.to) return withAttach(world, attach.handle, { state: 'closed' });
  const source = attach.state === 'open' ? attachedTo(world, attach.to) : undefined;
  if (!source) return world;
  const { out, err } = source;
  const codes = [...new Set([...codesOf(world, source), UNKNOWN])];
  const final = { out, err, cut: true, codes, exitFrame: 'may' } as const;
  return withAttach(world, attach.handle, { state: 'ended', final });
}
