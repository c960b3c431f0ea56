import type { RawData, WebSocket } from 'ws';
import { messageOf } from '../core/fault.ts';
import type { Runtime } from '../core/runtime.ts';
import { defect } from '../defects/switch.ts';
import { allowedSignals, isPositive, signalNotAllowed } from './bodies.ts';
import { attach, type Client, input, release, resize, type Session, sendSignal } from './session.ts';

const streamByte = { out: 1, err: 2 } as const;

/** Joins a WebSocket and a session until one of them ends. */
export function connect(runtime: Runtime, session: Session, ws: WebSocket, readOnly: boolean): void {
  const client: Client = {
    output: (kind, data) => ws.send(Buffer.concat([Buffer.of(streamByte[kind]), data])),
    exit: (code) => {
      if (!defect('exit-frame-missing')) ws.send(JSON.stringify({ type: 'exit', exit_code: code }));
      if (!defect('close-missing')) ws.close(1000);
    },
    alive: () => ws.readyState === ws.OPEN,
    gone: (reason) => {
      sendError(ws, reason);
      ws.close(1000);
    },
  };
  const onFrame =
    readOnly && !defect('read-only-writes-through')
      ? readOnlyGate(ws)
      : (data: Buffer, binary: boolean) => frame(runtime, session, ws, data, binary);
  ws.on('message', (data: RawData, binary: boolean) => onFrame(bufferOf(data), binary));
  ws.on('error', () => ws.terminate());
  ws.on('close', (code) => {
    if (code === 1006 && defect('vanished-client-ends-input'))
      void input(runtime, session, null).catch(() => {});
    if (session.client === client && defect('detach-kills-command'))
      void sendSignal(runtime, session, 1).catch(() => {});
    if (session.client === client && !defect('attach-slot-not-freed')) release(session);
  });
  attach(session, client);
}

const bufferOf = (data: RawData): Buffer =>
  Array.isArray(data) ? Buffer.concat(data) : Buffer.isBuffer(data) ? data : Buffer.from(data);

function frame(runtime: Runtime, session: Session, ws: WebSocket, data: Buffer, binary: boolean): void {
  if (!binary) void control(runtime, session, ws, data.toString('utf8'));
  else
    input(runtime, session, data).catch((error) => sendError(ws, `stdin write failed: ${messageOf(error)}`));
}

/** Tells the client of a mistake; the attach stays open (contract 5.3). */
function sendError(ws: WebSocket, message: string, code?: string): void {
  if (ws.readyState === ws.OPEN)
    ws.send(JSON.stringify({ type: 'error', message, ...(code ? { code } : {}) }));
}

/** A control frame taken apart; `bad` says what is wrong with it. */
type ControlFrame =
  | { type: 'resize'; rows: number; cols: number }
  | { type: 'signal'; sig: number }
  | { type: 'stdin_eof' }
  | { type: 'bad'; message: string };

const bad = (message: string): ControlFrame => ({ type: 'bad', message });

/** Reads a text frame. */
function parseControl(text: string): ControlFrame {
  let frame: Record<string, unknown>;
  try {
    frame = JSON.parse(text);
  } catch {
    return bad('invalid control frame: not valid JSON');
  }
  if (typeof frame?.type !== 'string') return bad("control frame missing 'type' field");
  return read(frame);
}

function read(frame: Record<string, unknown>): ControlFrame {
  const { type, rows, cols, sig } = frame;
  switch (type) {
    case 'stdin_eof':
      return { type };
    case 'signal':
      return isPositive(sig) ? { type, sig } : bad("signal: 'sig' must be a positive integer");
    case 'resize':
      if (!isPositive(rows)) return bad("resize: 'rows' must be a positive integer");
      return isPositive(cols) ? { type, rows, cols } : bad("resize: 'cols' must be a positive integer");
    default:
      return bad(`unknown control type: ${type}`);
  }
}

/** Carries out a control frame of an attached client; what is wrong with it is told, not punished. */
async function control(runtime: Runtime, session: Session, ws: WebSocket, text: string): Promise<void> {
  const frame = parseControl(text);
  if (frame.type === 'bad') return refuse(ws, frame.message);
  if (frame.type === 'signal' && !allowedSignals.includes(frame.sig) && !defect('any-signal-allowed'))
    return sendError(ws, signalNotAllowed(frame.sig));
  const failed = (what: string) => (error: unknown) => sendError(ws, `${what} failed: ${messageOf(error)}`);
  if (frame.type === 'stdin_eof') await input(runtime, session, null).catch(failed('stdin write'));
  if (frame.type === 'resize') await resize(runtime, session, frame.rows, frame.cols).catch(failed('resize'));
  if (frame.type === 'signal')
    await sendSignal(runtime, session, frame.sig).catch(failed(`signal ${frame.sig}`));
}

function refuse(ws: WebSocket, message: string): void {
  if (defect('bad-frame-ends-attach')) ws.close(1002);
  if (!defect('bad-frame-unnoticed')) sendError(ws, message);
}

/**
 * What a read-only attach does with frames: stdin bytes end it, each kind of control frame is refused once
 * (contract 5.3). Nothing reaches the command.
 */
function readOnlyGate(ws: WebSocket): (data: Buffer, binary: boolean) => void {
  const refused = new Set<string>();
  const refuse = (what: string) =>
    sendError(ws, `read-only attach rejected a write: ${what}`, 'read_only_attach');
  return (data, binary) => {
    if (binary) {
      refuse('stdin');
      ws.close(1008, 'read-only attach');
      return;
    }
    const frame = parseControl(data.toString('utf8'));
    if (frame.type === 'bad') return sendError(ws, frame.message);
    if (refused.has(frame.type)) return;
    refused.add(frame.type);
    refuse(frame.type);
  };
}
