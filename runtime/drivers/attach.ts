import type { ClientRequest, IncomingMessage } from 'node:http';
import type { RawData } from 'ws';
import WebSocket from 'ws';
import { fromBuffer, toBuffer } from '../../domain/bytes.ts';
import { withoutKeys } from '../../files/secret.ts';
import type { AttachAnswer, AttachFrame, AttachSocket, CallOptions, RestAnswer } from '../ports/session.ts';
import { OUTPUT_LIMIT_BYTES } from './launch.ts';
import { describe, flat, type Server, serverPath } from './rest.ts';

/** A refusal is an error envelope; a server that streams without end gets no further. */
const REFUSAL_LIMIT_BYTES = 1024 * 1024;

/**
 * Opens an attach (contract 5.2). By `ws` and not by undici: undici's WebSocket hides the HTTP answer of a
 * refused handshake and its `upgrade` drops the body, and that answer is what the contract speaks about.
 * Never rejects; a handshake that gets no answer is a refusal with status 0.
 */
export function attach(server: Server, path: string, options: CallOptions): Promise<AttachAnswer> {
  const startedMs = performance.now();
  const { promise, resolve } = Promise.withResolvers<AttachAnswer>();
  const socket = connect(server, path);
  const refuse = (part: Partial<RestAnswer>) => {
    const ms = Math.round(performance.now() - startedMs);
    resolve({
      refused: { method: 'GET', path, status: 0, headers: {}, body: '', timedOut: false, ...part, ms },
    });
  };
  const giveUp = (part: Partial<RestAnswer>) => {
    refuse(part);
    socket.terminate();
  };
  const onAbort = () => giveUp({ err: 'the attach was given up by the caller' });
  const timer = setTimeout(
    () => giveUp({ timedOut: true, err: 'no answer to the handshake in time' }),
    options.timeoutMs,
  );
  options.signal?.addEventListener('abort', onAbort, { once: true });
  let executionId: string | undefined;
  socket.on('upgrade', (response) => {
    executionId = flat(response.headers)['x-boxlite-execution-id'];
  });
  // Before 'open' is heard, so that a frame in the handshake's own packet is not lost.
  const live = liveSocket(socket, () => executionId);
  socket.on('open', () => resolve({ socket: live }));
  socket.on('error', (error) => refuse({ err: describe(error) }));
  socket.on('unexpected-response', (_request, response) => {
    // Taken now: once the answer has been read, it is on its own again, open, and would keep the process alive.
    const wire = response.socket;
    void readRefusal(response)
      .then(refuse)
      .finally(() => wire.destroy());
  });
  if (options.signal?.aborted) onAbort();
  return promise.finally(() => {
    clearTimeout(timer);
    options.signal?.removeEventListener('abort', onAbort);
  });
}

function connect(server: Server, path: string): WebSocket {
  const raw = serverPath(server, path);
  return new WebSocket(new URL(server.baseUrl.replace(/^http/, 'ws')), {
    headers: server.apiKey === undefined ? {} : { authorization: `Bearer ${server.apiKey}` },
    perMessageDeflate: false,
    maxPayload: RECEIVED_LIMIT_BYTES,
    followRedirects: false,
    // The path as given: a URL would normalise a segment such as `%2E%2E` away.
    finishRequest: (request: ClientRequest) => {
      request.path = raw;
      request.end();
    },
  });
}

async function readRefusal(response: IncomingMessage): Promise<Partial<RestAnswer>> {
  const seen = { status: response.statusCode ?? 0, headers: flat(response.headers) };
  const chunks: Buffer[] = [];
  let sizeBytes = 0;
  try {
    for await (const chunk of response as AsyncIterable<Buffer>) {
      chunks.push(chunk);
      sizeBytes += chunk.length;
      if (sizeBytes > REFUSAL_LIMIT_BYTES) break;
    }
    return { ...seen, body: withoutKeys(fromBuffer(Buffer.concat(chunks))) };
  } catch (error) {
    return { ...seen, status: 0, err: describe(error) };
  }
}

/**
 * What is kept of one attach, as much as of a CLI's stream; contract 5.4 replays at most 256 KiB a stream, programs
 * flood a few MB. What one frame of the server may have at most, too.
 */
export const RECEIVED_LIMIT_BYTES = OUTPUT_LIMIT_BYTES;
/** The server waits 5 s for the peer's Close (contract 5.3); a little more for its own. */
const CLOSE_MS = 6_000;

/**
 * Wraps a WebSocket, open or about to be, so that everything it receives is kept in order. It ends by
 * itself when it has received too much, with code 1006 as for a lost connection, and is marked as cut.
 */
export function liveSocket(socket: WebSocket, executionId: () => string | undefined): AttachSocket {
  const frames: AttachFrame[] = [];
  let sizeBytes = 0;
  let closed: { code: number } | null = null;
  let wake = Promise.withResolvers<void>();
  const changed = () => {
    wake.resolve();
    wake = Promise.withResolvers<void>();
  };
  socket.on('message', (data, isBinary) => {
    const buffer = whole(data);
    sizeBytes += buffer.length;
    // What is still on its way when it is ended is heard too.
    if (sizeBytes - buffer.length > RECEIVED_LIMIT_BYTES) return;
    if (sizeBytes <= RECEIVED_LIMIT_BYTES)
      frames.push(
        isBinary
          ? { kind: 'binary', data: withoutKeys(fromBuffer(buffer)) }
          : { kind: 'text', text: withoutKeys(buffer.toString('utf8')) },
      );
    else {
      frames.push({ kind: 'invalid', why: `cut off: more than ${RECEIVED_LIMIT_BYTES} bytes in all` });
      socket.terminate();
    }
    changed();
  });
  // Of what the peer sent it has a code; any other one is that of the connection, and 'close' with 1006 follows it.
  socket.on('error', ({ code, message }: NodeJS.ErrnoException) => {
    if (!code?.startsWith('WS_ERR_')) return;
    frames.push({ kind: 'invalid', why: message });
    socket.terminate();
    changed();
  });
  socket.on('close', (code) => {
    closed = { code };
    changed();
  });
  const untilClosed = async (ms: number) => {
    const deadlineMs = performance.now() + ms;
    while (!closed && performance.now() < deadlineMs)
      await soonest(wake.promise, deadlineMs - performance.now());
  };
  const drop = async () => {
    socket.terminate();
    await untilClosed(CLOSE_MS);
  };
  return {
    get executionId() {
      return executionId();
    },
    frames: () => frames,
    closed: () => closed,
    sendBinary: (data) => socket.send(toBuffer(data)),
    sendText: (text) => socket.send(text),
    changed: (ms) => (closed ? Promise.resolve() : soonest(wake.promise, ms)),
    close: async () => {
      if (!closed) socket.close(1000);
      await untilClosed(CLOSE_MS);
      if (!closed) await drop();
    },
    drop,
  };
}

const whole = (data: RawData): Buffer =>
  Array.isArray(data) ? Buffer.concat(data) : Buffer.isBuffer(data) ? data : Buffer.from(data);

/** Resolves with the promise or after `ms`, and leaves no timer behind. */
async function soonest(promise: Promise<void>, ms: number): Promise<void> {
  const { promise: late, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, Math.max(0, ms));
  await Promise.race([promise, late]);
  clearTimeout(timer);
}
