import { type ControlFrame, frameSize } from '../../domain/control-frame.ts';
import { deadlines } from '../../domain/deadlines.ts';
import { type Data, expanded } from '../../domain/fill.ts';
import { allow, done, type Prediction } from '../outcome.ts';
import { resized } from '../terminal.ts';
import { type Attach, type ErrorFrame, type Exec, type World, withAttach, withExec } from '../world.ts';
import { hasChild, isIgnored, signalled } from './execution.ts';

const TERM = 15;

const rejected = (kind: string): ErrorFrame => ({
  text: `read-only attach rejected a write: ${kind}`,
  code: 'read_only_attach',
});

const unwritten: ErrorFrame = { text: 'stdin write failed', optional: true };

const withError = (world: World, attach: Attach, error: ErrorFrame): World =>
  withAttach(world, attach.handle, { errors: [...attach.errors, error] });

const openAttach = (world: World, handle: string): Attach | null => {
  const attach = world.attaches[handle];
  return attach?.state === 'open' ? attach : null;
};

/** The execution behind an open attach while it certainly runs. */
function liveExec(world: World, attach: Attach): Exec | null {
  const exec = 'exec' in attach.to ? world.execs[attach.to.exec] : undefined;
  return exec?.status === 'running' ? exec : null;
}

/** stdin bytes; a read-only attach is told off once and closed with 1008 (contract 5.3). */
export function predictSend(
  world: World,
  step: { readonly attach: string; readonly data: Data },
): Prediction | null {
  const attach = openAttach(world, step.attach);
  if (!attach) return null;
  const exec = liveExec(world, attach);
  if (attach.readonly)
    return exec && allow(deadlines.commandMs, done('rejected', violated(world, attach, exec)));
  // An SDK has its own words for an input that it has closed itself; a terminal echoes.
  if (!exec || exec.tty || (attach.via && !exec.stdinOpen)) return null;
  return allow(deadlines.commandMs, done('sent', sent(world, attach, exec, expanded(step.data))));
}

/** Only `cat` shows what it was sent; a write after end-of-file may be answered with an error (contract 5.3). */
function sent(world: World, attach: Attach, exec: Exec, data: string): World {
  if (!exec.stdinOpen) return withError(world, attach, unwritten);
  return exec.work.do === 'cat' ? withExec(world, exec.handle, { out: exec.out + data }) : world;
}

/** The connection may be closed before all output was written or sent, and the slot is free only then. */
function violated(world: World, attach: Attach, exec: Exec): World {
  const { out, err } = exec;
  const final = { out, err, cut: true, codes: [], exitFrame: 'never', closeCode: 1008 } as const;
  const told = withError(world, attach, rejected('stdin'));
  return withExec(withAttach(told, attach.handle, { state: 'ended', final }), exec.handle, {
    attachedBy: null,
    draining: true,
  });
}

/** Control frames, sane and not; errors leave the attach open (contract 5.3). */
export function predictControl(
  world: World,
  step: { readonly attach: string; readonly frame: ControlFrame },
): Prediction | null {
  const attach = openAttach(world, step.attach);
  const exec = attach && liveExec(world, attach);
  if (!attach || !exec || (attach.via && step.frame !== 'eof')) return null;
  const isSignal = step.frame === 'signal' && !attach.readonly;
  if (isSignal && (hasChild(exec) || isIgnored(exec, TERM))) return null;
  const next = attach.readonly
    ? readonlyControl(world, attach, step.frame)
    : control(world, attach, exec, step.frame);
  return next && allow(deadlines.commandMs, done(`frame:${step.frame}`, next));
}

function readonlyControl(world: World, attach: Attach, frame: ControlFrame): World | null {
  const kind = { eof: 'stdin_eof', resize: 'resize', signal: 'signal' }[frame as 'eof' | 'resize' | 'signal'];
  if (!kind) return null;
  const seen = attach.errors.some((error) => error.text.endsWith(kind));
  return seen ? world : withError(world, attach, rejected(kind));
}

function control(world: World, attach: Attach, exec: Exec, frame: ControlFrame): World | null {
  switch (frame) {
    case 'eof':
      // What the end of its input is to a terminal nobody says.
      return exec.tty ? null : endOfInput(world, attach, exec);
    case 'resize':
      if (exec.tty) return resized(world, exec, frameSize);
      return withError(world, attach, { text: 'resize failed', optional: true });
    case 'signal':
      return signalled(world, exec, TERM);
    default:
      return withError(world, attach, { text: complaints[frame] });
  }
}

/** How frames that are none are answered. */
const complaints = {
  'bad-json': 'invalid control frame',
  'no-type': "control frame missing 'type' field",
  unknown: 'unknown control type',
  'bad-signal': 'signal 9 not allowed',
} as const;

function endOfInput(world: World, attach: Attach, exec: Exec): World {
  if (!exec.stdinOpen) return withError(world, attach, unwritten);
  const over = exec.work.do === 'cat' ? ({ status: 'ending', codes: [0] } as const) : {};
  return withExec(world, exec.handle, { stdinOpen: false, ...over });
}
