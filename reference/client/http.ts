import { Fault } from '../core/fault.ts';
import { kindOf } from '../server/envelope.ts';
import { dial, headText, readHead, type ServerAddress } from './wire.ts';

/** Longest wait for an answer, milliseconds: a boot may take a minute (contract 7.11). */
const timeoutMs = 120_000;

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
  const socket = await dial(server, timeoutMs);
  const head = headText(server, method, path, {
    connection: 'close',
    'content-type': json === undefined ? 'application/octet-stream' : 'application/json',
    'content-length': String(payload.length),
    ...headers,
  });
  socket.write(head);
  socket.write(payload);
  const answer = await readHead(socket);
  const chunks = [answer.rest];
  socket.resume();
  for await (const chunk of socket) chunks.push(chunk as Buffer);
  const bytes = Buffer.concat(chunks);
  if (answer.head.status < 300) return bytes;
  throw faultOf(answer.head.status, bytes);
}

/** The fault an error answer means. */
export function faultOf(status: number, body: Buffer): Fault {
  try {
    const { error } = JSON.parse(body.toString('utf8'));
    return new Fault(kindOf(status, String(error.code)), String(error.message));
  } catch {
    return new Fault('internal', `server answered ${status} without an error envelope`);
  }
}

/** One request whose answer is JSON. */
export const askJson = async <T>(server: ServerAddress, request: Ask): Promise<T> =>
  JSON.parse((await ask(server, request)).toString('utf8'));
