import { deadlines } from '../../domain/deadlines.ts';
import { attachedTo, withAttach, withExec, withSlot } from '../edit.ts';
import type { BytesExpect, Expect } from '../expect.ts';
import type { Prediction } from '../outcome.ts';
import { numbersOf } from '../runs.ts';
import type { Attach, ErrorFrame, StreamEnd, World } from '../world.ts';
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
  if (attachedTo(world, attach.to)?.attachedBy !== attach.handle) return seen;
  const free = withSlot(seen, attach.to, { attachedBy: null });
  const exec = 'exec' in attach.to ? free.execs[attach.to.exec] : undefined;
  return exec?.status === 'ending' ? withExec(free, exec.handle, { status: 'completed' }) : free;
}
