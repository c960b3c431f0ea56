import type { WebSocket } from 'ws';

/** Between two pings, milliseconds (contract 5.3). */
const pingEveryMs = 15_000;
/** A client that takes no bytes for this long is dropped, milliseconds. */
const stuckMs = 20_000;
const lookEveryMs = 5_000;

/** Pings a client and drops it when its connection is dead or stuck. Returns what ends that. */
export function keepAlive(ws: WebSocket): () => void {
  let answeredAtMs = Date.now();
  let pingedAtMs = Date.now();
  let movedAtMs = Date.now();
  let buffered = 0;
  ws.on('pong', () => {
    answeredAtMs = Date.now();
  });
  const timer = setInterval(() => {
    const now = Date.now();
    if (ws.bufferedAmount === 0 || ws.bufferedAmount < buffered) movedAtMs = now;
    buffered = ws.bufferedAmount;
    if (now - movedAtMs > stuckMs || now - answeredAtMs > pingEveryMs + stuckMs) return ws.terminate();
    if (now - pingedAtMs < pingEveryMs) return;
    pingedAtMs = now;
    ws.ping();
  }, lookEveryMs);
  timer.unref();
  return () => clearInterval(timer);
}
