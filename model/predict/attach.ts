import { type Asking, attachMode, attachQuery } from '../../domain/attach-mode.ts';
import { deadlines } from '../../domain/deadlines.ts';
import { type By, type Sdk, spelledBy } from '../../domain/surface.ts';
import type { BytesExpect, Expect } from '../expect.ts';
import { startRefusal } from '../options.ts';
import { allow, done, type Outcome, type Prediction, refuse, refused } from '../outcome.ts';
import type { Profile } from '../profile.ts';
import { endMainAttach, failRun, numbersOf } from '../runs.ts';
import {
  type Attach,
  attachedTo,
  type Box,
  type ErrorFrame,
  findBox,
  findExec,
  type StreamEnd,
  type World,
  withAttach,
  withBox,
  withExec,
  withNew,
  withSlot,
} from '../world.ts';
import { bootRefusal } from './creation.ts';
import { asText, cutOutputOf, outputOf } from './output.ts';

/** A step that attaches. */
interface Attaching extends Asking {
  readonly as: string;
  readonly via?: Sdk | undefined;
  readonly by?: By | undefined;
}

const opened = (step: Attaching, to: Attach['to']): Attach => ({
  handle: step.as,
  to,
  by: spelledBy(step),
  readonly: attachMode(step) === 'read-only',
  via: step.via ?? null,
  state: 'open',
  final: null,
  errors: [],
});

/** The handle of an attach that was refused: nothing can be done with it. */
const never = (world: World, step: Attaching): World =>
  withNew(world, 'attaches', { ...opened(step, { exec: '?' }), state: 'closed' });

const attached = (world: World): Outcome => done('attached', world, { is: 'attached' });

/** A client that vanished may hold the slot for up to 35 s: try until it is free (contract 7.9). */
const whenFree = (draining: boolean, prediction: Prediction, refusedSoFar: World): Prediction =>
  draining ? { ...prediction, pollMs: deadlines.slotMs, whileLate: refusedSoFar } : prediction;

/** Whether the `stdin` parameter is there: before 0.10.7 nobody looked at it (contract 10). */
const asksFor = (step: Attaching): boolean => attachQuery(step) !== '';

/** Attach to an execution: single client, backlog first (contract 5.4). */
export function predictAttach(
  world: World,
  step: Attaching & { readonly exec: string },
  profile: Profile,
): Prediction | null {
  if (asksFor(step) && (step.via || !profile.readonlyAttach)) return null;
  if (attachMode(step) === 'wrong') return refuse('attach-stdin', never(world, step), deadlines.readMs);
  const exec = findExec(world, step.exec);
  if (!exec) return refuse('unknown-execution', never(world, step), deadlines.readMs);
  const fresh = withNew(world, 'attaches', opened(step, { exec: exec.handle }));
  const taken = attached(withExec(fresh, exec.handle, { attachedBy: step.as, draining: false }));
  const busy = refused('slot-taken', never(world, step));
  if (!exec.attachedBy) return whenFree(exec.draining, allow(deadlines.readMs, taken), never(world, step));
  if (exec.attachedBy === exec.held?.via && exec.status === 'running') {
    // An SDK that has started it attaches on its own, at any moment: who comes first is not said.
    const first = attached(withExec(taken.next, exec.handle, { held: null }));
    return allow(deadlines.readMs, busy, first);
  }
  return exec.status === 'running' ? allow(deadlines.readMs, busy) : allow(deadlines.readMs, busy, taken);
}

/** Attach to the main session; on a configured box it boots the VM and runs nothing (contract 5.5). */
export function predictAttachMain(
  world: World,
  step: Attaching & { readonly on: string },
  profile: Profile,
): Prediction | null {
  if (asksFor(step) && (step.via || !profile.readonlyAttach)) return null;
  const lost = never(world, step);
  if (attachMode(step) === 'wrong') return refuse('attach-stdin', lost, deadlines.readMs);
  const box = findBox(world, step.on, 'rest');
  if (!box) return refuse('unknown-box', lost, deadlines.readMs);
  if (box.adopted && (box.status === 'ending' || mayComeBack(world, box))) return null;
  const fresh = withNew(world, 'attaches', opened(step, { box: box.handle, run: box.runs }));
  const taken = withBox(fresh, box.handle, { attachedBy: step.as, draining: false });
  const busy = refused('slot-taken', lost);
  if (box.status === 'configured') return priming(box, taken, lost);
  if (box.status === 'stopped' || box.status === 'failed') {
    const off = box.options.autoResume === false ? [refused('resume-off', lost)] : [];
    return allow(deadlines.readMs, refused('attach-not-running', lost), ...off);
  }
  if (box.status === 'ending') return attachEnding(fresh, box, step, [busy]);
  if (box.attachedBy) return allow(deadlines.readMs, busy);
  const outcomes = box.adopted ? adoptedStream(taken, box) : [taken];
  const [first, ...others] = outcomes.map(attached) as [Outcome, ...Outcome[]];
  return whenFree(box.draining, allow(deadlines.readMs, first, ...others), lost);
}

/** An SDK that was attached tries again with the next server, at any moment: whether it has the slot is not said. */
const mayComeBack = ({ attaches }: World, { handle }: Box): boolean =>
  Object.values(attaches).some(({ via, to }) => via !== null && 'box' in to && to.box === handle);

/** What was written under another server is replayed or lost: nobody promises it (contract 3.5). */
const adoptedStream = (taken: World, { handle }: Box): World[] => [
  withBox(taken, handle, { adopted: false }),
  withBox(taken, handle, { adopted: false, out: '', err: '' }),
];

/** A boot may already find out that the command cannot be started (contract 4.2, 4.3: a 400, or what a failing boot is). */
function priming(box: Box, taken: World, lost: World): Prediction {
  const primed = done('primed', withBox(taken, box.handle, { status: 'primed', hasDisk: 'yes' }), {
    is: 'attached',
  });
  const { main, options } = box;
  const doomed = main?.do === 'missing' || main?.do === 'directory' || startRefusal(options, 'main') !== null;
  if (!doomed) return allow(deadlines.bootMs, primed);
  return allow(deadlines.bootMs, primed, refused(bootRefusal(box, lost), failRun(lost, box.handle)));
}

/** The client that has the slot gets its end at any moment; the word may be late or not (contract 7.1). */
function attachEnding(fresh: World, box: Box, step: Attaching, busy: Outcome[]): Prediction {
  const ended = endMainAttach(fresh, box.handle, box.code);
  const taken = attached(withBox(ended, box.handle, { attachedBy: step.as }));
  const lost = never(fresh, step);
  const over = refused('attach-not-running', lost);
  const prediction = allow(deadlines.readMs, taken, over, ...(box.attachedBy ? busy : []));
  return whenFree(box.draining, prediction, lost);
}

/** Close, or vanish; the command never notices (contract 5.4, reattach live). */
export function predictDetach(
  world: World,
  step: { readonly attach: string; readonly how: 'close' | 'drop' },
): Prediction | null {
  const attach = world.attaches[step.attach];
  // An SDK has no word for it.
  if (!attach || attach.state === 'closed' || attach.via) return null;
  const closed = withAttach(world, attach.handle, { state: 'closed' });
  const holds = attachedTo(world, attach.to)?.attachedBy === attach.handle;
  const free = { attachedBy: null, draining: step.how === 'drop' };
  return allow(deadlines.commandMs, done('detached', holds ? withSlot(closed, attach.to, free) : closed));
}

type StreamExpect = Extract<Expect, { is: 'stream' }>;

/** What an attached client has received, once everything due has arrived (contract 5.3, 5.4). */
export function predictRead(world: World, step: { readonly attach: string }): Prediction | null {
  const attach = world.attaches[step.attach];
  if (!attach || attach.state === 'closed') return null;
  const state = stateOf(world, attach);
  if (!state) return null;
  const expect = streamExpect(state, attach);
  const open = expect.end === 'open';
  const next = open ? world : over(world, attach, state.end as StreamEnd);
  const label = open ? 'live' : `end:${(state.end as StreamEnd).exitFrame}`;
  return {
    ...allow(deadlines.commandMs, done(label, next, expect)),
    pollMs: open ? deadlines.arriveMs : deadlines.endMs,
  };
}

/** The streams and the end of an execution that an SDK has started and holds: they are had once (contract 15.2). */
export function predictFollow(
  world: World,
  step: { readonly exec: string; readonly via: Sdk },
): Prediction | null {
  const exec = world.execs[step.exec];
  if (exec?.held?.via !== step.via) return null;
  if (exec.held.read) return refuse('stream-taken', world);
  if (exec.status !== 'ending' && exec.status !== 'completed') return null;
  const state = stateOf(world, { ...opened({ as: '', via: step.via }, { exec: exec.handle }) });
  const slot = exec.attachedBy === step.via ? { attachedBy: null, draining: true } : {};
  const held = { via: step.via, read: true };
  const next = withExec(world, exec.handle, { status: 'completed', held, ...slot });
  const expect = streamExpect(state as StreamState, opened({ as: '', via: step.via }, { exec: exec.handle }));
  return allow(deadlines.endMs, done('followed', next, expect));
}

interface StreamState {
  out: string;
  err: string;
  /** null while it goes on. */
  end: StreamEnd | null;
}

function stateOf(world: World, attach: Attach): StreamState | null {
  if (attach.final) return { ...attach.final, end: attach.final };
  const source = attachedTo(world, attach.to);
  if (!source) return null;
  const { out, err, status } = source;
  if (status === 'running' || status === 'primed') return { out, err, end: null };
  const codes = 'codes' in source ? source.codes : numbersOf(source.code);
  const cut = 'cut' in source && source.cut;
  // Ended by its box going down: the exit frame may be lost with it (contract 8.8).
  return { out, err, end: { out, err, cut, codes, exitFrame: cut && codes.includes(-9) ? 'may' : 'must' } };
}

function streamExpect(state: StreamState, attach: Attach): StreamExpect {
  const { out, err, end } = state;
  const bytes = (text: string): BytesExpect =>
    asText(attach.via, end?.cut ? cutOutputOf(text) : outputOf(text, true));
  const ending = end && {
    exitFrame: end.exitFrame,
    codes: end.codes,
    ...(end.closeCode ? { closeCode: end.closeCode } : {}),
  };
  return {
    is: 'stream',
    out: bytes(out),
    err: bytes(err),
    errors: errorsOf(attach, end),
    end: ending ?? 'open',
  };
}

/**
 * An end from outside may come before the answer to a frame, and may itself be told by an error (contract 8.8).
 */
function errorsOf(attach: Attach, end: StreamEnd | null): readonly ErrorFrame[] {
  if (end?.exitFrame !== 'may') return attach.errors;
  return [...attach.errors.map((error) => ({ ...error, optional: true })), { text: '', optional: true }];
}

/** The end was seen: the slot is free and the execution is known to be over. */
function over(world: World, attach: Attach, end: StreamEnd): World {
  const seen = withAttach(world, attach.handle, { state: 'ended', final: end });
  if (attachedTo(world, attach.to)?.attachedBy !== attach.handle) return seen;
  const free = withSlot(seen, attach.to, { attachedBy: null });
  const exec = 'exec' in attach.to ? free.execs[attach.to.exec] : undefined;
  return exec?.status === 'ending' ? withExec(free, exec.handle, { status: 'completed' }) : free;
}
