import type { WebSocket } from 'ws';

/** How long the server waits for the peer's Close after its own, milliseconds (contract 5.3). */
const closeLimitMs = 5_000;

/** Closes, and does not wait for ever for the other side. */
export function bye(ws: WebSocket, code = 1000, reason = ''): void {
  ws.close(code, reason);
  const timer = setTimeout(() => ws.terminate(), closeLimitMs);
  timer.unref();
  ws.once('close', () => clearTimeout(timer));
}
