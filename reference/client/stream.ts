import { setTimeout as pause } from 'node:timers/promises';
import type { Ending, Sink, Stream } from '../backend/backend.ts';
import { own } from '../cli/own.ts';
import { messageOf } from '../core/fault.ts';
import { offsetsHeader } from '../server/offsets.ts';
import { type Frame, opcodes } from './frame.ts';
import { askJson } from './http.ts';
import { openSocket, type WebSocketLine } from './socket.ts';
import type { ServerAddress } from './wire.ts';

/** Pauses between attempts to get a lost stream back, milliseconds; 270 s in all (contract 5.4). */
const pausesMs = [100, 400, 1_000, 3_000, 10_000, ...Array.from({ length: 17 }, () => 15_000)];

/** What is known about one stream over all its connections. */
interface State {
  server: ServerAddress;
  /** Path of the execution below the boxes. */
  execution: string;
  sink: Sink;
  line: WebSocketLine;
  /** Bytes handed on so far. */
  passed: { out: number; err: number };
  exit: number | undefined;
}

/** A stream on an open attach; it survives a cut connection as long as the execution can be found again. */
export function streamOf(server: ServerAddress, execution: string, line: WebSocketLine, sink: Sink): Stream {
  const state: State = { server, execution, sink, line, passed: { out: 0, err: 0 }, exit: undefined };
  const send = (frame: object) => state.line.send('text', Buffer.from(JSON.stringify(frame)));
  return {
    write: (data) => (data ? state.line.send('binary', data) : send({ type: 'stdin_eof' })),
    signal: (sig) => send({ type: 'signal', sig }),
    ended: follow(state),
  };
}

async function follow(state: State): Promise<Ending> {
  await drain(state);
  let why = 'the connection was lost';
  for (const ms of pausesMs) {
    if (state.exit !== undefined) return { code: state.exit };
    await pause(ms);
    try {
      await askJson(state.server, { method: 'GET', path: state.execution });
      state.line = await openSocket(state.server, `${state.execution}/attach`);
    } catch (error) {
      why = messageOf(error);
      if (!why.startsWith('network error') && !why.includes('already has')) return { code: null, why };
      continue;
    }
    await drain(state);
  }
  return state.exit === undefined ? { code: null, why } : { code: state.exit };
}

/** Reads one connection to its end. A replay begins at the offsets the server tells; what is known is skipped. */
function drain(state: State): Promise<void> {
  const [out = 0, err = 0] = (state.line.head.headers.get(offsetsHeader) ?? '').split(',').map(Number);
  const skip = { out: state.passed.out - out, err: state.passed.err - err };
  return new Promise((resolve) => {
    state.line.listen((frame) => {
      if (frame === null) resolve();
      else take(state, skip, frame);
    });
  });
}

function take(state: State, skip: { out: number; err: number }, frame: Frame): void {
  if (frame.opcode === opcodes.text) {
    takeText(state, frame.data.toString('utf8'));
    return;
  }
  const kind = frame.data[0] === 2 ? 'err' : 'out';
  const data = frame.data.subarray(1);
  const fresh = data.subarray(Math.min(Math.max(skip[kind], 0), data.length));
  skip[kind] -= data.length - fresh.length;
  state.passed[kind] += fresh.length;
  if (fresh.length > 0) state.sink[kind](fresh);
}

function takeText(state: State, text: string): void {
  const frame = JSON.parse(text) as { type?: string; exit_code?: number; message?: string };
  if (frame.type === 'exit') state.exit = frame.exit_code;
  if (frame.type === 'error') own().stderr.write(`[boxlite] ${frame.message}\n`);
}
