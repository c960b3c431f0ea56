import type { WebSocket } from 'ws';
import { bye } from './bye.ts';
import { parseControl, sendError } from './frames.ts';

/**
 * What a read-only attach does with frames: stdin bytes end it, each kind of control frame is refused once
 * (contract 5.3). Nothing reaches the command.
 */
export function readOnlyGate(ws: WebSocket): (data: Buffer, binary: boolean) => void {
  const refused = new Set<string>();
  const refuse = (what: string) =>
    sendError(ws, `read-only attach rejected a write: ${what}`, 'read_only_attach');
  return (data, binary) => {
    if (binary) {
      refuse('stdin');
      bye(ws, 1008, 'read-only attach');
      return;
    }
    const frame = parseControl(data.toString('utf8'));
    if (frame.type === 'bad') return sendError(ws, frame.message);
    if (refused.has(frame.type)) return;
    refused.add(frame.type);
    refuse(frame.type);
  };
}
