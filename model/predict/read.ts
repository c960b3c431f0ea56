import { deadlines } from '../../domain/deadlines.ts';
import { withAttach, withBox, withExec } from '../edit.ts';
import type { BytesExpect, Expect } from '../expect.ts';
import type { Prediction } from '../outcome.ts';
import { numbersOf } from '../runs.ts';
import type { Attach, Box, ErrorFrame, Exec, StreamEnd, World } from '../world.ts';
import { targetOf } from './attach.ts';
import { cutOutputOf, outputOf } from './exec.ts';
import { allow, done } from './shape.ts';

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

interface StreamState {
  out: string;
  err: string;
  /** null while it goes on. */
  end: StreamEnd | null;
}

function stateOf(world: World, attach: Attach): StreamState | null {
  if (attach.final) return { ...attach.final, end: attach.final };
  const target = targetOf(world, attach);
  if (!target) return null;
  return 'exec' in target ? execState(target.exec) : boxState(target.box);
}

function execState(exec: Exec): StreamState {
  const { out, err, cut, codes } = exec;
  if (exec.status === 'running') return { out, err, end: null };
  return { out, err, end: { out, err, cut, codes, exitFrame: cutFromOutside(exec) ? 'may' : 'must' } };
}

/** Ended by its box going down: the exit frame may be lost with it (contract 8.8). */
const cutFromOutside = (exec: Exec): boolean => exec.cut && exec.codes.includes(-9);

function boxState(box: Box): StreamState {
  const { out, err } = box;
  if (box.status === 'running' || box.status === 'primed') return { out, err, end: null };
  return { out, err, end: { out, err, cut: false, codes: numbersOf(box.code), exitFrame: 'must' } };
}

function streamExpect(state: StreamState, attach: Attach): StreamExpect {
  const { out, err, end } = state;
  const bytes = (text: string): BytesExpect => (end?.cut ? cutOutputOf(text) : outputOf(text, true));
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
  const target = targetOf(world, attach);
  if (target && 'box' in target && target.box.mainAttachedBy === attach.handle)
    return withBox(seen, target.box.handle, { mainAttachedBy: null });
  if (!target || !('exec' in target) || target.exec.attachedBy !== attach.handle) return seen;
  return withExec(seen, target.exec.handle, {
    attachedBy: null,
    ...(target.exec.status === 'ending' ? { status: 'completed' } : {}),
  });
}
