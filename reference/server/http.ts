import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { internalFault } from '../core/fault.ts';
import { spoil } from '../defects/spoil.ts';
import { defect } from '../defects/switch.ts';
import type { App } from './app.ts';
import { callOf, checkKey, requestIdOf } from './call.ts';
import { failureOf } from './envelope.ts';
import type { Reply } from './route.ts';
import { dispatch } from './router.ts';
import { onUpgrade } from './upgrade.ts';

/** The HTTP server of an app, not listening yet. */
export function httpServer(app: App): Server {
  const server = createServer((message, response) => void answer(app, message, response));
  server.on('upgrade', (message, socket, head) => void onUpgrade(app, message, socket, head));
  server.requestTimeout = 60_000;
  server.keepAliveTimeout = 60_000;
  return server;
}

async function answer(app: App, message: IncomingMessage, response: ServerResponse): Promise<void> {
  const requestId = requestIdOf(message);
  response.setHeader('x-request-id', requestId);
  try {
    const call = callOf(message);
    checkKey(app.apiKey, call);
    if (defect('sometimes-500')) throw internalFault('the runtime hiccuped');
    if (call.method === 'GET' && defect('read-slow')) await spoil?.late(6_000);
    send(response, await dispatch(app, call));
  } catch (error) {
    const { status, body } = failureOf(error, requestId);
    if (defect('untyped-errors'))
      send(response, { status, bytes: Buffer.from(body.error.message), type: 'text/plain' });
    else send(response, { status, json: body });
  }
  if (!message.readableEnded) message.resume();
}

function send(response: ServerResponse, reply: Reply): void {
  response.statusCode = reply.status;
  if ('json' in reply) sendBytes(response, Buffer.from(JSON.stringify(reply.json)), 'application/json');
  else if ('bytes' in reply) {
    for (const [name, value] of Object.entries(reply.headers ?? {})) response.setHeader(name, value);
    sendBytes(response, reply.bytes, reply.type);
  } else response.end();
}

function sendBytes(response: ServerResponse, bytes: Buffer, type: string): void {
  response.setHeader('content-type', type);
  response.setHeader('content-length', bytes.length);
  response.end(bytes);
}
