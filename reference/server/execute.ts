import { randomUUID } from 'node:crypto';
import { execIn } from '../core/exec.ts';
import { find } from '../core/runtime.ts';
import { defect } from '../defects/switch.ts';
import { type App, count, ownerOf } from './app.ts';
import type { ExecBody } from './bodies.ts';
import { feed, input, newSession, type Session, sendSignal, unknownCode } from './sessions/session.ts';

/** KILL comes this long after TERM when a command exceeds its time, milliseconds (contract 5.1). */
const killAfterMs = 2_000;
/** Longest time a timer can be set to. */
const longestMs = 2 ** 31 - 1;

/** Starts an execution and registers its session. */
export async function execute(app: App, typed: string, body: ExecBody): Promise<Session> {
  const box = find(app.runtime, typed);
  const { argv, env, tty, workdir } = body;
  const spec = { argv, env, tty, followed: true, ...(workdir === undefined ? {} : { workdir }) };
  count(app, box, false);
  const { process } = await execIn(app.runtime, box, spec, ownerOf(box)).catch((error: unknown) => {
    count(app, box, true);
    throw error;
  });
  const session = newSession(box, randomUUID(), { main: false, process });
  app.tenants.set(session.id, session);
  await feed(app.runtime, session, async (code) => wireCode(code));
  await giveStdin(app, session, body.stdin);
  limit(app, session, body.timeoutS);
  return session;
}

const wireCode = (code: number | null): number =>
  code !== null && code < 0 && defect('wire-signal-positive') ? 128 - code : (code ?? unknownCode);

async function giveStdin(app: App, session: Session, stdin: string | undefined): Promise<void> {
  if (stdin === undefined) return;
  if (stdin !== '') await input(app.runtime, session, Buffer.from(stdin)).catch(() => {});
  await input(app.runtime, session, null).catch(() => {});
  session.stdinGiven = true;
}

/** TERM when the time is over, KILL a moment later. */
function limit(app: App, session: Session, timeoutS: number): void {
  if (timeoutS <= 0 || session.endedAtMs !== null) return;
  const signalAfter = (signal: number, afterMs: number) => {
    const send = () => void sendSignal(app.runtime, session, signal).catch(() => {});
    session.timers.push(setTimeout(send, Math.min(afterMs, longestMs)));
  };
  signalAfter(15, timeoutS * 1_000);
  signalAfter(9, timeoutS * 1_000 + killAfterMs);
}
