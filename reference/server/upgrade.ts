import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import { Fault } from '../core/fault.ts';
import { find } from '../core/runtime.ts';
import { checkKey } from './access.ts';
import { type App, used } from './app.ts';
import { connect } from './attach/connect.ts';
import { claimMain } from './attach/main-slot.ts';
import { attachMode } from './attach/mode.ts';
import { type Call, callOf } from './call.ts';
import { failureOf } from './envelope.ts';
import { requestIdOf } from './request-id.ts';
import { belowVersion, dispatch } from './router.ts';
import { sessionOf } from './sessions/registry.ts';
import { claim, release, type Session } from './sessions/session.ts';

const sockets = new WebSocketServer({ noServer: true, maxPayload: 16 * 2 ** 20 });

/** Handles an upgrade request: everything is checked before the first byte of a WebSocket (contract 5.2). */
export async function onUpgrade(
  app: App,
  message: IncomingMessage,
  socket: Duplex,
  head: Buffer,
): Promise<void> {
  socket.on('error', () => socket.destroy());
  try {
    const call = callOf(message);
    checkKey(app.apiKey, call);
    const readOnly = attachMode(call);
    const session = await claimed(app, call);
    if (socket.destroyed || !isHandshake(message)) return giveUp(session, socket);
    accept(app, session, readOnly, message, socket, head);
  } catch (error) {
    refuse(message, socket, error);
  }
}

async function claimed(app: App, call: Call): Promise<Session> {
  const segments = belowVersion(call.path);
  const [root, typed = '', word, execution = '', last] = segments;
  if (call.method !== 'GET' || root !== 'boxes' || typed === '') return notAttach(app, call);
  if (word === 'attach' && segments.length === 3) return claimMain(app, find(app.runtime, typed));
  if (word !== 'executions' || last !== 'attach' || segments.length !== 5) return notAttach(app, call);
  const session = sessionOf(app.registry, find(app.runtime, typed), execution);
  used(app, session.box);
  claim(session);
  return session;
}

/** Any other route asked for with an upgrade gets the refusal it would give without one. */
async function notAttach(app: App, call: Call): Promise<never> {
  if (call.method === 'GET') await dispatch(app, call);
  throw new Fault('invalid-argument', 'invalid argument: this route is no WebSocket');
}

const isHandshake = (message: IncomingMessage): boolean =>
  message.headers.upgrade?.toLowerCase() === 'websocket' &&
  message.headers['sec-websocket-key'] !== undefined;

function giveUp(session: Session, socket: Duplex): void {
  release(session);
  throw new Fault(
    'invalid-argument',
    socket.destroyed ? 'the client went away' : 'not a WebSocket handshake',
  );
}

function accept(
  app: App,
  session: Session,
  readOnly: boolean,
  message: IncomingMessage,
  socket: Duplex,
  head: Buffer,
): void {
  if (session.main) executions.set(message, session.id);
  sockets.handleUpgrade(message, socket, head, (ws) => connect(app, session, ws, readOnly));
  if (socket.destroyed && session.client === 'claimed') release(session);
}

/** The executions that main attaches speak to, told in the answer (contract 5.2). */
const executions = new WeakMap<IncomingMessage, string>();
sockets.on('headers', (headers, message) => {
  const id = executions.get(message);
  if (id) headers.push(`x-boxlite-execution-id: ${id}`);
});

function refuse(message: IncomingMessage, socket: Duplex, error: unknown): void {
  const requestId = requestIdOf(message);
  const { status, body } = failureOf(error, requestId);
  const text = JSON.stringify(body);
  const head = [
    `HTTP/1.1 ${status} Refused`,
    'content-type: application/json',
    `content-length: ${Buffer.byteLength(text)}`,
    `x-request-id: ${requestId.replace(/[^\x20-\x7e]/g, '')}`,
    'connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${text}`);
}
