import { connect, type Socket } from 'node:net';
import { Fault, invalidArgument, messageOf } from '../core/fault.ts';

/** A server to be a client of. */
export interface ServerAddress {
  url: string;
  apiKey: string | undefined;
}

/** Head of an HTTP answer. */
export interface Head {
  status: number;
  headers: Map<string, string>;
}

/** Largest head that is waited for. */
const headLimitBytes = 64 * 1024;

/**
 * Connects to a server.
 * @throws Fault internal when it cannot be reached, invalid-argument for a URL that is not `http://`.
 */
export function dial(server: ServerAddress, timeoutMs: number): Promise<Socket> {
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
 * Text of the head of a request for something below the boxes. Written by hand, as the WebSocket's frames are: a call takes 20 ms of processor time beyond
 * the start of Node, and loading `node:http` alone would add 36, `ws` 32, undici 63 (docs/measurements.md).
 */
export function headText(
  server: ServerAddress,
  method: string,
  path: string,
  headers: Record<string, string>,
): string {
  const { host, pathname } = new URL(server.url);
  const auth = server.apiKey ? { authorization: `Bearer ${server.apiKey}` } : {};
  const lines = Object.entries({ host, ...auth, ...headers }).map(([name, value]) => `${name}: ${value}`);
  return `${method} ${pathname.replace(/\/$/, '')}/v1/boxes${path} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`;
}

/** Reads up to the end of the answer's head; what is behind it is given back too. */
export function readHead(socket: Socket): Promise<{ head: Head; rest: Buffer }> {
  return new Promise((resolve, reject) => {
    let seen = Buffer.alloc(0);
    const cut = () =>
      reject(new Fault('internal', 'network error: the connection was closed before an answer came'));
    const onData = (chunk: Buffer) => {
      seen = Buffer.concat([seen, chunk]);
      const end = seen.indexOf('\r\n\r\n');
      if (end < 0 && seen.length < headLimitBytes) return;
      socket.off('data', onData).off('close', cut).pause();
      resolve({
        head: parseHead(seen.subarray(0, Math.max(end, 0)).toString('latin1')),
        rest: seen.subarray(end + 4),
      });
    };
    socket
      .on('error', () => {})
      .on('data', onData)
      .on('close', cut);
  });
}

function parseHead(text: string): Head {
  const [first = '', ...lines] = text.split('\r\n');
  const headers = lines.map((line): [string, string] => {
    const colon = line.indexOf(':');
    return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
  });
  return { status: Number(first.split(' ')[1]), headers: new Map(headers) };
}
