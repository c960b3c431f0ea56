import { deadlines } from '../../domain/deadlines.ts';
import { withoutDeadlines } from '../../domain/options.ts';
import type { Sdk } from '../../domain/surface.ts';
import { cutOff, mainEnds } from '../execs.ts';
import { goesAtRest } from '../lifetime.ts';
import { allow, done, type Outcome, type Prediction } from '../outcome.ts';
import { numbersOf, removeBox, stopCodes } from '../runs.ts';
import {
  type Attach,
  attachedTo,
  type Box,
  boxesOf,
  type Exec,
  type World,
  withAttach,
  withBox,
  withExec,
  withSlot,
} from '../world.ts';

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
 * The runtime of the third home dies (contract 3.4, 15.5). The next one has other handles and knows no execution; what
 * belonged to it is stopped, and whether a box is then there that goes when it stops is not said.
 */
function predictOwnerGone(world: World): Prediction {
  const boxes = boxesOf(world, 'sdk');
  // Those of boxes that are gone as well: nobody holds them any more.
  const forgotten = Object.values(world.execs).filter(({ box }) => world.boxes[box]?.home === 'sdk');
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
  const over = [...stopCodes(box), null].map((code) => mainEnds(adopted, handle, code));
  if (!detached) return over;
  // The server held its stdin.
  const kept = main?.do === 'cat' ? [adopted, mainEnds(adopted, handle, 0)] : [adopted];
  return detached === 'unsaid' ? [...kept, ...over] : kept;
}

/** Codes that may be told of what a client was attached to when its server ended. */
function codesOf(world: World, source: Exec | Box): readonly number[] {
  const isExec = 'codes' in source;
  if (source.status !== 'running') return isExec ? source.codes : numbersOf(source.code);
  const box = isExec ? world.boxes[source.box] : source;
  if (!box || box.detached === true) return [];
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
