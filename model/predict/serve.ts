import { deadlines } from '../deadlines.ts';
import { withAttach, withBox, withExec } from '../edit.ts';
import type { Prediction } from '../outcome.ts';
import type { Attach, Box, World } from '../world.ts';
import { targetOf } from './attach.ts';
import { allow, done } from './shape.ts';

/**
 * The server ends and another one opens its home (contract 3.5): detached boxes live on, executions are
 * forgotten, attached clients get an end, everything else is as it was. Silent where more is going on than the
 * contract speaks of: a box that is on its way to another state, a running box that belongs to the server, a main
 * command that reads a stdin which the server held.
 */
export function predictRestartServer(world: World): Prediction | null {
  const boxes = Object.values(world.boxes).filter(({ home }) => home === 'server');
  if (!boxes.every(isPlain) || Object.values(world.execs).some(({ status }) => status === 'ending'))
    return null;
  const ended = Object.values(world.attaches).reduce(clientEnds, world);
  const forgotten = Object.values(ended.execs).reduce(
    (next, { handle, box }) =>
      world.boxes[box]?.home === 'server'
        ? withExec(next, handle, { status: 'gone', attachedBy: null, draining: false })
        : next,
    ended,
  );
  const next = boxes.reduce(adopted, forgotten);
  return allow(deadlines.stopMs + deadlines.serveMs, done('another-server', next));
}

function isPlain({ status, detached, main }: Box): boolean {
  if (status === 'running') return detached && main?.do !== 'cat';
  return status === 'configured' || status === 'stopped' || status === 'failed' || status === 'removed';
}

/** On the wire: no code is known (contract 5.1). */
const UNKNOWN = -1;

/**
 * What had arrived by then may be a prefix. Where the command has not ended, an exit frame, which may tell the
 * end of the server too (contract 8.8), can name no code.
 */
function clientEnds(world: World, attach: Attach): World {
  const target = attach.state === 'open' ? targetOf(world, attach) : null;
  if (!target) return world;
  const { out, err } = 'exec' in target ? target.exec : target.box;
  const over = 'exec' in target && target.exec.status === 'completed';
  const codes = over ? [...target.exec.codes, UNKNOWN] : [UNKNOWN];
  const final = { out, err, cut: true, codes, exitFrame: 'may' } as const;
  return withAttach(world, attach.handle, { state: 'ended', final });
}

const adopted = (world: World, { handle, status }: Box): World =>
  withBox(world, handle, {
    mainAttachedBy: null,
    draining: false,
    ...(status === 'running' ? { adopted: true } : {}),
  });
