import type { WebSocket } from 'ws';
import { messageOf } from '../../core/fault.ts';
import { defect } from '../../defects/switch.ts';
import type { App } from '../app.ts';
import { sendSignal } from '../execute.ts';
import { input } from '../sessions/feed.ts';
import type { Session } from '../sessions/session.ts';
import { allowedSignals, signalNotAllowed } from '../signals.ts';
import { type ControlFrame, parseControl, sendError } from './frames.ts';

/** Carries out a control frame of an attached client; what is wrong with it is told, not punished. */
export async function control(app: App, session: Session, ws: WebSocket, text: string): Promise<void> {
  const frame = parseControl(text);
  if (frame.type === 'bad') return refuse(ws, frame.message);
  if (frame.type === 'signal' && !allowedSignals.includes(frame.sig) && !defect('any-signal-allowed'))
    return sendError(ws, signalNotAllowed(frame.sig));
  const what = { stdin_eof: 'stdin write', resize: 'resize', signal: 'signal' }[frame.type];
  const name = frame.type === 'signal' ? `signal ${frame.sig}` : what;
  await perform(app, session, frame).catch((error) => sendError(ws, `${name} failed: ${messageOf(error)}`));
}

function refuse(ws: WebSocket, message: string): void {
  if (defect('bad-frame-ends-attach')) ws.close(1002);
  if (!defect('bad-frame-unnoticed')) sendError(ws, message);
}

async function perform(
  app: App,
  session: Session,
  frame: Exclude<ControlFrame, { type: 'bad' }>,
): Promise<void> {
  switch (frame.type) {
    case 'stdin_eof':
      return input(app.runtime, session, null);
    case 'resize':
      // Nothing in a box of the reference looks at the size of its terminal.
      return;
    case 'signal':
      return sendSignal(app, session, frame.sig);
  }
}
