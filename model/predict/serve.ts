import { deadlines } from '../../domain/deadlines.ts';
import { mainEnds } from '../execs.ts';
import { allow, done, type Outcome, type Prediction } from '../outcome.ts';
import { numbersOf, stopCodes } from '../runs.ts';
import { type Attach, attachedTo, type Box, type World, withAttach, withBox, withExec } from '../world.ts';

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
        ? withExec(next, handle, { status: 'gone', attachedBy: null, draining: false })
        : next,
    ended,
  );
  const worlds = boxes.reduce((all, box) => all.flatMap((next) => handedOver(next, box)), [forgotten]);
  const [first, ...others] = worlds.map((next) => done('another-server', next)) as [Outcome, ...Outcome[]];
  return allow(deadlines.stopMs + deadlines.serveMs, first, ...others);
}

/** What may become of a box when its server ends: one that belongs to it is stopped, orderly or not (contract 3.4). */
function handedOver(world: World, box: Box): World[] {
  const { handle, status, detached, main } = box;
  const free = withBox(world, handle, { attachedBy: null, draining: false });
  if (status !== 'running' && status !== 'ending') return [free];
  const adopted = withBox(free, handle, { adopted: true });
  // Nobody may have been there to take the code down (contract 3.3).
  if (status === 'ending') return [adopted, withBox(adopted, handle, { code: null })];
  if (!detached) return [...stopCodes(box), null].map((code) => mainEnds(adopted, handle, code));
  // The server held its stdin.
  return main?.do === 'cat' ? [adopted, mainEnds(adopted, handle, 0)] : [adopted];
}

/** On the wire: no code is known (contract 5.1). */
const UNKNOWN = -1;

/**
 * What had arrived by then may be a prefix. Where the command has not ended, an exit frame, which may tell the
 * end of the server too (contract 8.8), can name no code.
 */
function clientEnds(world: World, attach: Attach): World {
  const source = attach.state === 'open' ? attachedTo(world, attach.to) : undefined;
  if (!source) return world;
  const { out, err, status } = source;
  const own = 'codes' in source ? source.codes : numbersOf(source.code);
  const codes = [...(status === 'running' ? [] : own), UNKNOWN];
  const final = { out, err, cut: true, codes, exitFrame: 'may' } as const;
  return withAttach(world, attach.handle, { state: 'ended', final });
}
