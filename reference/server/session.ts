import { Backlog, keptBytes } from '../backlog.ts';
import { invalidState, noSuchExecution } from '../core/fault.ts';
import { feedProcess, followProcess, type Running, resizeProcess, signalProcess } from '../core/process.ts';
import type { Box, Runtime } from '../core/runtime.ts';
import { defect } from '../defects/switch.ts';

/** Code on the wire when none is known (contract 5.1). */
export const unknownCode = -1;

/** Where the events of a session go while somebody is attached. */
export interface Client {
  output(kind: 'out' | 'err', data: Buffer): void;
  /** The command has ended; the connection ends too. */
  exit(code: number): void;
  /** Whether the connection is open in both directions. */
  alive(): boolean;
  /** The session is over without a code to tell. */
  gone(reason: string): void;
}

/** The stream of one command: a tenant, or the main command of a box. */
export interface Session {
  /** Execution id; the container id for a main session. */
  id: string;
  box: Box;
  main: boolean;
  /** Id inside the hypervisor; null while a main session waits for its box to be started. */
  process: string | null;
  out: Backlog;
  err: Backlog;
  /** Code on the wire once the command has ended. */
  exitCode: number | null;
  endedAtMs: number | null;
  /** The one attached client, or a claim on the slot during a handshake. */
  client: Client | 'claimed' | null;
  startedAtMs: number;
  /** Its code was asked for and told. */
  told?: boolean;
  /** stdin was given with the request, later frames are ignored (contract 5.1). */
  stdinGiven: boolean;
  /** stdin that came before the process. */
  early: (Buffer | null)[];
  timers: NodeJS.Timeout[];
  /** Where its bytes are counted; those of a main session nowhere. */
  usage: { received: number; sent: number } | null;
}

/** A session nobody is attached to. */
export const newSession = (
  box: Box,
  id: string,
  from: Pick<Session, 'main' | 'process'>,
  usage: Session['usage'] = null,
): Session => ({
  ...from,
  usage,
  id,
  box,
  out: new Backlog(),
  err: new Backlog(),
  exitCode: null,
  endedAtMs: null,
  client: null,
  startedAtMs: Date.now(),
  stdinGiven: false,
  early: [],
  timers: [],
});

/** Nobody could attach yet in this time: the first client of a young command gets everything (contract 7.5). */
const graceMs = 2_000;
const graceBytes = 16 * 2 ** 20;

/** Takes in output. */
function output(session: Session, kind: 'out' | 'err', data: Buffer): void {
  const young = session.client === null && Date.now() - session.startedAtMs < graceMs;
  session[kind].keep(data, young ? graceBytes : keptBytes);
  if (session.usage && !defect('delivered-bytes-uncounted')) session.usage.received += data.length;
  if (isAttached(session)) session.client.output(kind, data);
}

/** Takes in the end; later calls are without effect. */
export function finish(session: Session, code: number): void {
  if (session.endedAtMs !== null) return;
  session.exitCode = code;
  session.endedAtMs = Date.now();
  for (const timer of session.timers) clearTimeout(timer);
  if (!isAttached(session) || defect('attach-never-ends')) return;
  const { client } = session;
  release(session);
  client.exit(code);
}

const isAttached = (session: Session): session is Session & { client: Client } =>
  session.client !== null && session.client !== 'claimed';

/**
 * Takes the one slot for a handshake that is under way (contract 5.4).
 * @throws Fault invalid-state when somebody has it.
 */
export function claim(session: Session): void {
  if (isAttached(session) && !session.client.alive() && !defect('attach-slot-not-freed')) release(session);
  if (session.client !== null && !defect('second-client-let-in'))
    throw defect('slot-taken-not-found') ? noSuchExecution(session.id) : slotTaken(session);
  session.client = 'claimed';
}

const slotTaken = ({ main, box, id }: Session) =>
  invalidState(
    main
      ? `box ${box.record.id} main session already has an attached client`
      : `execution ${id} already has an attached client`,
  );

/** Gives the slot to a client: backlog first, then live; a completed session ends at once. */
export function attach(session: Session, client: Client): void {
  const times = defect('replay-missing') ? 0 : defect('replay-doubled') ? 2 : 1;
  for (let i = 0; i < times; i++) replay(session, client);
  session.out.trim();
  session.err.trim();
  if (session.exitCode === null) {
    session.client = client;
    return;
  }
  release(session);
  client.exit(defect('completed-code-zero') ? 0 : session.exitCode);
}

function replay(session: Session, client: Client): void {
  for (const kind of defect('stderr-not-replayed') ? (['out'] as const) : (['out', 'err'] as const))
    for (const chunk of session[kind].chunks) client.output(kind, chunk);
}

/** Frees the slot. */
export function release(session: Session): void {
  session.client = null;
}

/** Ends a session that has no code to tell. */
export function abandon(session: Session, reason: string): void {
  if (!isAttached(session)) return;
  const { client } = session;
  release(session);
  client.gone(reason);
}

/** The process of a session; null while there is none. */
const processOf = ({ box, process, main }: Session): Running | null =>
  process === null ? null : { box, process, main };

/**
 * Takes in the output and the end of a session's process. `codeOf` may wait and correct the code, as for main
 * commands, whose code is the one the box keeps.
 */
export async function feed(
  runtime: Runtime,
  session: Session,
  codeOf: (code: number | null) => Promise<number>,
): Promise<void> {
  const running = processOf(session);
  if (!running) return;
  const lost = () => finish(session, unknownCode);
  await followProcess(runtime, running, (event) => {
    if (event.kind === 'exit') codeOf(event.code).then((code) => finish(session, code), lost);
    else output(session, event.kind, event.data);
  }).catch(lost);
}

/** Sends stdin to the process, or keeps it until there is one. null closes it. */
export async function input(runtime: Runtime, session: Session, data: Buffer | null): Promise<void> {
  if (session.stdinGiven || session.endedAtMs !== null) return;
  if (session.usage) session.usage.sent += data?.length ?? 0;
  const running = processOf(session);
  if (running) await feedProcess(runtime, running, data);
  else session.early.push(data);
}

/** Sends a signal to the process; where there is none yet nothing gets it. */
export async function sendSignal(runtime: Runtime, session: Session, signal: number): Promise<void> {
  const running = processOf(session);
  if (running && !defect('signal-swallowed')) await signalProcess(runtime, running, signal);
}

/** Gives the terminal of the process its size. */
export async function resize(runtime: Runtime, session: Session, rows: number, cols: number): Promise<void> {
  const running = processOf(session);
  if (running && !defect('resize-ignored')) await resizeProcess(runtime, running, rows, cols);
}
