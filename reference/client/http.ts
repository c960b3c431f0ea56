import { connect, type Socket } from 'node:net';
import { Fault, invalidArgument, messageOf } from '../core/fault.ts';
import { kindOf } from '../server/envelope.ts';

/** A server to be a client of. */
export interface ServerAddress {
  url: string;
  apiKey: string | undefined;
}

/** An answer of which the head has been read; `rest` is what came with it. */
interface Answer {
  socket: Socket;
  status: number;
  rest: Buffer;
}

/** Longest wait for an answer, milliseconds: a boot may take a minute (contract 7.11). */
const timeoutMs = 120_000;

/**
 * Connects to a server.
 * @throws Fault internal when it cannot be reached, invalid-argument for a URL that is not `http://`.
 */
function dial(server: ServerAddress): Promise<Socket> {
  const { hostname, port } = target(server);
  return new Promise((resolve, reject) => {
    const socket = connect({ host: hostname, port });
    const fail = (why: string) => {
      socket.destroy();
      reject(new Fault('internal', `network error: cannot reach ${server.url}: ${why}`));
    };
    socket.setTimeout(timeoutMs, () => fail(`no answer within ${timeoutMs} ms`));
    socket.once('error', (error) => fail(messageOf(error)));
    socket.once('connect', () => {
      socket.removeAllListeners('error');
      resolve(socket);
    });
  });
}

function target(server: ServerAddress): { hostname: string; port: number } {
  const url = URL.canParse(server.url) ? new URL(server.url) : null;
  if (url?.protocol !== 'http:') throw invalidArgument(`server URL '${server.url}' must begin with http://`);
  return { hostname: url.hostname.replace(/^\[|\]$/g, ''), port: Number(url.port || 80) };
}

/**
 * Sends a request for something below the boxes and reads the head of the answer. Written by hand, as the WebSocket's
 * frames are: a call takes 20 ms of processor time beyond the start of Node, and loading `node:http` alone would add
 * 36, `ws` 32, undici 63 (docs/measurements.md).
 */
export async function request(
  server: ServerAddress,
  method: string,
  path: string,
  headers: Record<string, string>,
  body?: Buffer,
): Promise<Answer> {
  const socket = await dial(server);
  const { host, pathname } = new URL(server.url);
  const auth = server.apiKey ? { authorization: `Bearer ${server.apiKey}` } : {};
  const lines = Object.entries({ host, ...auth, ...headers }).map(([name, value]) => `${name}: ${value}`);
  const first = `${method} ${pathname.replace(/\/$/, '')}/v1/boxes${path} HTTP/1.1`;
  socket.write(`${first}\r\n${lines.join('\r\n')}\r\n\r\n`);
  if (body) socket.write(body);
  return readHead(socket);
}

function readHead(socket: Socket): Promise<Answer> {
  return new Promise((resolve, reject) => {
    let seen = Buffer.alloc(0);
    const cut = () =>
      reject(new Fault('internal', 'network error: the connection was closed before an answer came'));
    const onData = (chunk: Buffer) => {
      seen = Buffer.concat([seen, chunk]);
      const end = seen.indexOf('\r\n\r\n');
      if (end < 0) return;
      socket.off('data', onData).off('close', cut).pause();
      const status = Number(seen.subarray(0, 64).toString('latin1').split(' ')[1]);
      resolve({ socket, status, rest: seen.subarray(end + 4) });
    };
    socket
      .on('error', () => {})
      .on('data', onData)
      .on('close', cut);
  });
}

/** What is asked of a server. */
export interface Ask {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE' | 'HEAD';
  /** Behind `/v1/boxes`. */
  path: string;
  json?: unknown;
  body?: Buffer;
  headers?: Record<string, string>;
}

/**
 * One request on a connection of its own.
 * @returns the body of a 2xx answer.
 * @throws Fault of the kind the envelope speaks of.
 */
export async function ask(
  server: ServerAddress,
  { method, path, json, body, headers }: Ask,
): Promise<Buffer> {
  const payload = body ?? (json === undefined ? Buffer.alloc(0) : Buffer.from(JSON.stringify(json)));
  const all = {
    connection: 'close',
    'content-type': json === undefined ? 'application/octet-stream' : 'application/json',
    'content-length': String(payload.length),
    ...headers,
  };
  const answer = await request(server, method, path, all, payload);
  if (answer.status >= 300) throw await refusal(answer);
  return bodyOf(answer);
}

async function bodyOf({ socket, rest }: Answer): Promise<Buffer> {
  const chunks = [rest];
  socket.resume();
  for await (const chunk of socket) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** The fault an error answer means. */
export async function refusal(answer: Answer): Promise<Fault> {
  try {
    const { error } = JSON.parse((await bodyOf(answer)).toString('utf8'));
    return new Fault(kindOf(answer.status, String(error.code)), String(error.message));
  } catch {
    return new Fault('internal', `server answered ${answer.status} without an error envelope`);
  }
}

/** One request whose answer is JSON. */
export const askJson = async <T>(server: ServerAddress, request: Ask): Promise<T> =>
  JSON.parse((await ask(server, request)).toString('utf8'));
