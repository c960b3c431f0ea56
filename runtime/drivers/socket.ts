import type WebSocket from 'ws';
import type { RawData } from 'ws';
import { fromBuffer, toBuffer } from '../../domain/bytes.ts';
import type { AttachFrame, AttachSocket } from '../ports/session.ts';

/** What one attach may receive in all; contract 5.4 replays at most 256 KiB a stream, programs flood a few MB. */
const RECEIVED_LIMIT_BYTES = 64 * 1024 * 1024;
/** The server waits 5 s for the peer's Close (contract 5.3); a little more for its own. */
const CLOSE_MS = 6_000;

/**
 * Wraps a WebSocket, open or about to be, so that everything it receives is kept in order. It ends by
 * itself when it has received too much, with code 1006 as for a lost connection.
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
    frames.push(
      isBinary
        ? { kind: 'binary', data: fromBuffer(buffer) }
        : { kind: 'text', text: buffer.toString('utf8') },
    );
    if (sizeBytes > RECEIVED_LIMIT_BYTES) socket.terminate();
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
