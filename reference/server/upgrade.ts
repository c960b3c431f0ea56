import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import { Fault, invalidState } from '../core/fault.ts';
import { profile } from '../core/profile.ts';
import { alone, type Box, find, ownerOf } from '../core/runtime.ts';
import { bootVm, startBox } from '../core/start.ts';
import { defect } from '../defects/switch.ts';
import { type App, type Call, callOf, checkKey, pendingMain, requestIdOf, sessionOf } from './app.ts';
import { connect } from './attach.ts';
import { failureOf } from './envelope.ts';
import { routeOf } from './router.ts';
import { claim, release, type Session } from './session.ts';

/** The client's Close is not waited for longer than contract 5.3 says. */
const options = { noServer: true, maxPayload: 16 * 2 ** 20, closeTimeout: 5_000 };
const sockets = new WebSocketServer(options);

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
    if (session.main) executions.set(message, session.id);
    sockets.handleUpgrade(message, socket, head, (ws) => connect(app.runtime, session, ws, readOnly));
    // The client has gone, or it was no handshake, which has been answered.
    if (session.client === 'claimed') release(session);
  } catch (error) {
    refuse(message, socket, error);
  }
}

async function claimed(app: App, call: Call): Promise<Session> {
  const { path, box: typed, execution } = routeOf(call);
  if (path === 'boxes/*/attach') return claimMain(app, find(app.runtime, typed));
  if (path !== 'boxes/*/executions/*/attach')
    throw new Fault('not-found', 'not found: no WebSocket has this route');
  const session = sessionOf(app, find(app.runtime, typed), execution);
  if (session.exitCode !== null && defect('reattach-refused'))
    throw invalidState(`execution ${session.id} has already completed`);
  claim(session);
  return session;
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

/**
 * Whether an attach is read-only, by its `stdin` parameter (contract 5.2, 5.3).
 * @throws Fault invalid-argument for any other value.
 */
function attachMode(call: Call): boolean {
  const value = call.query.get('stdin');
  if (value === null || !profile.readOnlyAttach) return false;
  if (!['0', '1', 'true', 'false'].includes(value) && !defect('stdin-parameter-unchecked'))
    throw new Fault('invalid-argument', `stdin must be one of 0, 1, false, true; got "${value}"`);
  return value === '0' || value === 'false';
}

/**
 * Takes the main session of a box for a client. A Configured box is booted for it, its command is not started
 * yet (contract 5.5).
 * @throws Fault invalid-state (at rest, or attached already), or one of the boot.
 */
function claimMain(app: App, box: Box): Promise<Session> {
  return alone(box, async () => {
    const session = mainOf(app, box);
    claim(session);
    try {
      if (session.process === null && !box.vm) await bootVm(app.runtime, box, ownerOf(box));
    } catch (error) {
      release(session);
      throw error;
    }
    if (defect('attach-runs-command')) await startBox(app.runtime, box, ownerOf(box));
    return session;
  });
}

function mainOf(app: App, box: Box): Session {
  const { id, status } = box.record;
  if (status === 'configured') return pendingMain(app, box);
  const session = app.mains.get(id);
  if (status !== 'running' || !session) throw invalidState(`Cannot attach to box ${id}: it is ${status}`);
  return session;
}
