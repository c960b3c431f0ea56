import { randomUUID } from 'node:crypto';
import { execIn } from '../core/exec.ts';
import { Fault } from '../core/fault.ts';
import { find } from '../core/runtime.ts';
import { defect } from '../defects/switch.ts';
import { type App, count, ownerOf, used } from './app.ts';
import { flag, optional, text, textMap, texts } from './fields.ts';
import { feed, input, unknownCode } from './sessions/feed.ts';
import { newSession, type Session } from './sessions/session.ts';

/** KILL comes this long after TERM when a command exceeds its time, milliseconds (contract 5.1). */
const killAfterMs = 2_000;

/** Body of POST exec. */
export interface ExecBody {
  argv: string[];
  env: Record<string, string>;
  stdin: string | undefined;
  timeoutS: number;
  workdir: string | undefined;
  tty: boolean;
}

/**
 * Reads the body of POST exec; unknown keys are ignored.
 * @throws Fault invalid-argument that names the field.
 */
export function execBody(body: Record<string, unknown>): ExecBody {
  const command = text(body.command, 'command');
  if (command === '')
    throw new Fault('invalid-argument', "invalid argument: field 'command' must not be empty");
  return {
    argv: [command, ...(optional(body, 'args', texts) ?? [])],
    env: optional(body, 'env', textMap) ?? {},
    stdin: optional(body, 'stdin', text),
    timeoutS: optional(body, 'timeout_seconds', seconds) ?? 0,
    workdir: optional(body, 'working_dir', text),
    tty: optional(body, 'tty', flag) ?? false,
  };
}

function seconds(value: unknown): number {
  if (typeof value === 'number' && Number.isFinite(value) && value >= 0) return value;
  throw new Fault('invalid-argument', 'timeout_seconds must be a non-negative finite number');
}

/** Starts an execution and registers its session. */
export async function execute(app: App, typed: string, body: ExecBody): Promise<Session> {
  const box = find(app.runtime, typed);
  used(app, box);
  const { argv, env, tty, workdir } = body;
  const spec = { argv, env, tty, followed: true, ...(workdir === undefined ? {} : { workdir }) };
  count(app, box, false);
  const { process } = await execIn(app.runtime, box, spec, ownerOf(box)).catch((error: unknown) => {
    count(app, box, true);
    throw error;
  });
  const session = newSession(box, randomUUID(), { main: false, process });
  app.registry.tenants.set(session.id, session);
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

function limit(app: App, session: Session, timeoutS: number): void {
  if (timeoutS <= 0 || session.endedAtMs !== null) return;
  const afterMs = Math.min(timeoutS * 1_000, 2 ** 31 - 1);
  session.timers.push(setTimeout(() => void sendSignal(app, session, 15).catch(() => {}), afterMs));
  if (afterMs + killAfterMs < 2 ** 31)
    session.timers.push(
      setTimeout(() => void sendSignal(app, session, 9).catch(() => {}), afterMs + killAfterMs),
    );
}

/** Sends a signal to the process of a session; one that has none yet gets nothing. */
export async function sendSignal(app: App, session: Session, signal: number): Promise<void> {
  if (session.process === null || defect('signal-swallowed')) return;
  const hypervisor = await app.runtime.hypervisor();
  await hypervisor.signal(session.box.record.id, session.process, signal);
}
