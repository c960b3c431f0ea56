import type { WebSocket } from 'ws';

/** Tells the client of a mistake; the attach stays open (contract 5.3). */
export function sendError(ws: WebSocket, message: string, code?: string): void {
  if (ws.readyState === ws.OPEN)
    ws.send(JSON.stringify({ type: 'error', message, ...(code ? { code } : {}) }));
}

/** A control frame taken apart; `bad` says what is wrong with it. */
export type ControlFrame =
  | { type: 'resize'; rows: number; cols: number }
  | { type: 'signal'; sig: number }
  | { type: 'stdin_eof' }
  | { type: 'bad'; message: string };

const bad = (message: string): ControlFrame => ({ type: 'bad', message });
const isPositive = (value: unknown): value is number =>
  typeof value === 'number' && Number.isInteger(value) && value > 0;

/** Reads a text frame. */
export function parseControl(text: string): ControlFrame {
  let frame: Record<string, unknown>;
  try {
    frame = JSON.parse(text);
  } catch {
    return bad('invalid control frame: not valid JSON');
  }
  if (typeof frame?.type !== 'string') return bad("control frame missing 'type' field");
  return read(frame);
}

function read(frame: Record<string, unknown>): ControlFrame {
  const { type, rows, cols, sig } = frame;
  switch (type) {
    case 'stdin_eof':
      return { type };
    case 'signal':
      return isPositive(sig) ? { type, sig } : bad("signal: 'sig' must be a positive integer");
    case 'resize':
      if (!isPositive(rows)) return bad("resize: 'rows' must be a positive integer");
      return isPositive(cols) ? { type, rows, cols } : bad("resize: 'cols' must be a positive integer");
    default:
      return bad(`unknown control type: ${type}`);
  }
}
