import type { RawData, WebSocket } from 'ws';
import { messageOf } from '../../core/fault.ts';
import { defect } from '../../defects/switch.ts';
import type { App } from '../app.ts';
import { attach, type Client, input, release, type Session, sendSignal } from '../sessions/session.ts';
import { control, readOnlyGate, sendError } from './frames.ts';

const streamByte = { out: 1, err: 2 } as const;

/** Joins a WebSocket and a session until one of them ends. */
export function connect(app: App, session: Session, ws: WebSocket, readOnly: boolean): void {
  const client: Client = {
    output: (kind, data) => ws.send(Buffer.concat([Buffer.of(streamByte[kind]), data])),
    exit: (code) => {
      if (!defect('exit-frame-missing')) ws.send(JSON.stringify({ type: 'exit', exit_code: code }));
      if (!defect('close-missing')) ws.close(1000);
    },
    alive: () => ws.readyState === ws.OPEN,
    gone: (reason) => {
      sendError(ws, reason);
      ws.close(1000);
    },
  };
  const onFrame =
    readOnly && !defect('read-only-writes-through')
      ? readOnlyGate(ws)
      : (data: Buffer, binary: boolean) => frame(app, session, ws, data, binary);
  ws.on('message', (data: RawData, binary: boolean) => onFrame(bufferOf(data), binary));
  ws.on('error', () => ws.terminate());
  ws.on('close', () => {
    if (session.client === client && defect('detach-kills-command'))
      void sendSignal(app.runtime, session, 1).catch(() => {});
    if (session.client === client && !defect('attach-slot-not-freed')) release(session);
  });
  attach(session, client);
}

const bufferOf = (data: RawData): Buffer =>
  Array.isArray(data) ? Buffer.concat(data) : Buffer.isBuffer(data) ? data : Buffer.from(data);

function frame(app: App, session: Session, ws: WebSocket, data: Buffer, binary: boolean): void {
  if (!binary) void control(app.runtime, session, ws, data.toString('utf8'));
  else
    input(app.runtime, session, data).catch((error) =>
      sendError(ws, `stdin write failed: ${messageOf(error)}`),
    );
}
