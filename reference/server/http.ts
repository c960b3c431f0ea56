import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { internalFault } from '../core/fault.ts';
import { spoil } from '../defects/spoil.ts';
import { defect } from '../defects/switch.ts';
import { type App, callOf, checkKey, requestIdOf } from './app.ts';
import { failureOf } from './envelope.ts';
import { json, type Reply } from './route.ts';
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
    const untyped = { headers: { 'content-type': 'text/plain' }, body: Buffer.from(body.error.message) };
    send(response, defect('untyped-errors') ? { status, ...untyped } : json(status, body));
  }
  if (!message.readableEnded) message.resume();
}

function send(response: ServerResponse, { status, headers = {}, body }: Reply): void {
  const length = body ? { 'content-length': body.length } : {};
  response.writeHead(status, { ...headers, ...length }).end(body);
}
