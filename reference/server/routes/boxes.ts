import { randomUUID } from 'node:crypto';
import { type BoxRecord, boxJson } from '../../core/box.ts';
import { createBox } from '../../core/create.ts';
import { remove, stopBox } from '../../core/end.ts';
import { execIn } from '../../core/exec.ts';
import { invalidArgument, invalidState, isFault } from '../../core/fault.ts';
import { alone, find, listed, ownerOf, stats } from '../../core/runtime.ts';
import { startBox } from '../../core/start.ts';
import { defect } from '../../defects/switch.ts';
import { type App, count, jsonOf, sessionOf, usageOf } from '../app.ts';
import {
  allowedSignals,
  createBody,
  type ExecBody,
  execBody,
  positive,
  signalNotAllowed,
} from '../bodies.ts';
import { created, noContent, ok, type Routes } from '../route.ts';
import {
  feed,
  finish,
  input,
  newSession,
  resize,
  type Session,
  sendSignal,
  unknownCode,
} from '../session.ts';

/** Boxes and their lives. */
export const boxRoutes: Routes = {
  boxes: {
    GET: async ({ runtime }) =>
      ok({
        boxes: listed(runtime)
          .map(shown)
          .map((box) => (defect('list-without-names') ? { ...box, name: null } : box)),
      }),
    POST: async (app, call) => {
      const { name, spec } = createBody(await jsonOf(call));
      const box = createBox(app.runtime, name, spec);
      if (!defect('creations-uncounted')) app.totals.created += 1;
      if (defect('create-boots')) await alone(box, () => startBox(app.runtime, box, ownerOf(box)));
      return created(shown(box.record));
    },
  },
  'boxes/*': {
    GET: async ({ runtime }, _call, typed) => {
      const box = find(runtime, typed);
      if (defect('read-starts-box')) await alone(box, () => startBox(runtime, box, ownerOf(box)));
      return ok(shown(box.record));
    },
    HEAD: async ({ runtime }, _call, typed) => {
      find(runtime, typed);
      return noContent;
    },
    DELETE: async (app, call, typed) => {
      const force = call.query.get('force') ?? 'false';
      if (force !== 'true' && force !== 'false')
        throw invalidArgument(`force must be true or false; got "${force}"`);
      if (defect('rm-unknown-succeeds') && !isKnown(app, typed)) return noContent;
      await remove(app.runtime, find(app.runtime, typed), force === 'true');
      return noContent;
    },
  },
  'boxes/*/start': {
    POST: async (app, _call, typed) => {
      const box = find(app.runtime, typed);
      await alone(box, () => startBox(app.runtime, box, ownerOf(box)));
      return ok(shown(box.record));
    },
  },
  'boxes/*/stop': {
    POST: async ({ runtime, totals, tenants }, _call, typed) => {
      const box = find(runtime, typed);
      const wasUp = box.record.status === 'running';
      await stopBox(runtime, box);
      if (defect('stop-forgets-executions'))
        for (const { id, box: of } of tenants.values()) if (of === box) tenants.delete(id);
      if (wasUp && !defect('stops-uncounted')) totals.stopped += 1;
      return ok(shown(box.record));
    },
  },
  'boxes/*/metrics': {
    GET: async (app, _call, typed) => {
      const box = find(app.runtime, typed);
      const { commands, errors, received, sent } = usageOf(app, box);
      return ok({
        commands_executed_total: commands,
        exec_errors_total: errors,
        bytes_sent_total: sent,
        bytes_received_total: received,
        ...Object.fromEntries(uncounted.map((name) => [name, 0])),
        ...stats(box),
      });
    },
  },
};

/** A Box as it is answered. */
export const shown = (record: BoxRecord) =>
  record.exitCode === null && defect('exit-code-null')
    ? { ...boxJson(record), exit_code: null }
    : boxJson(record);

const isKnown = (app: App, typed: string): boolean =>
  [...app.runtime.boxes.values()].some(({ record }) => record.id.startsWith(typed) || record.name === typed);

/** Nothing here has a network. */
const uncounted = [
  'network_bytes_sent',
  'network_bytes_received',
  'network_tcp_connections',
  'network_tcp_errors',
];

const lookUp = (app: App, box: string, execution: string): Session =>
  sessionOf(app, find(app.runtime, box), execution);

/** A GET that is no upgrade ends here. */
const upgradeOnly = () => invalidArgument('this route is a WebSocket; send an upgrade request');

/** Processes beside the main command, and where to attach. */
export const executionRoutes: Routes = {
  'boxes/*/exec': {
    POST: async (app, call, box) => {
      const body = execBody(await jsonOf(call));
      const session = await execute(app, box, body);
      return created({ execution_id: session.id });
    },
  },
  'boxes/*/attach': {
    GET: async ({ runtime }, _call, box) => {
      find(runtime, box);
      throw upgradeOnly();
    },
  },
  'boxes/*/executions/*': {
    GET: async (app, _call, box, execution) => {
      const session = lookUp(app, box, execution);
      if (session.exitCode === null) return ok({ execution_id: session.id, status: 'running' });
      const code = session.told && defect('code-told-once') ? 0 : session.exitCode;
      session.told = true;
      return ok({ execution_id: session.id, status: 'completed', exit_code: code });
    },
    // KILL, then forget: an attached client gets the exit and its end (contract 5.1).
    DELETE: async (app, _call, box, execution) => {
      const session = lookUp(app, box, execution);
      if (session.main) throw invalidState('the main session cannot be deleted; stop the box instead');
      const runs = session.endedAtMs === null;
      if (defect('killed-shows-zero')) finish(session, 0);
      if (runs) await sendSignal(app.runtime, session, 9).catch(() => {});
      finish(session, -9);
      if (!defect('killed-execution-kept')) app.tenants.delete(session.id);
      return noContent;
    },
  },
  'boxes/*/executions/*/signal': {
    POST: async (app, call, box, execution) => {
      const { signal } = await jsonOf(call);
      const session = lookUp(app, box, execution);
      if (typeof signal !== 'number' || !Number.isInteger(signal))
        throw invalidArgument("field 'signal' must be a number");
      if (!allowedSignals.includes(signal) && !defect('any-signal-allowed'))
        throw invalidArgument(signalNotAllowed(signal));
      if (session.endedAtMs !== null) throw invalidState(`execution ${session.id} has already completed`);
      await sendSignal(app.runtime, session, signal).catch(() => {});
      if (defect('signal-forgets-execution')) app.tenants.delete(session.id);
      return noContent;
    },
  },
  'boxes/*/executions/*/resize': {
    POST: async (app, call, box, execution) => {
      const body = await jsonOf(call);
      const session = lookUp(app, box, execution);
      const [rows, cols] = [positive(body.rows, 'rows'), positive(body.cols, 'cols')];
      await resize(app.runtime, session, rows, cols).catch(() => {});
      return noContent;
    },
  },
  'boxes/*/executions/*/attach': {
    GET: async (app, _call, box, execution) => {
      lookUp(app, box, execution);
      throw upgradeOnly();
    },
  },
};

/** KILL comes this long after TERM when a command exceeds its time, milliseconds (contract 5.1). */
const killAfterMs = 2_000;
/** Longest time a timer can be set to. */
const longestMs = 2 ** 31 - 1;

/** Starts an execution and registers its session. */
export async function execute(app: App, typed: string, body: ExecBody): Promise<Session> {
  const box = find(app.runtime, typed);
  const { argv, env, tty, workdir, user } = body;
  const spec = {
    ...{ argv, env, tty, followed: true },
    ...(workdir === undefined ? {} : { workdir }),
    ...(user === undefined ? {} : { user }),
  };
  const { process } = await execIn(app.runtime, box, spec, ownerOf(box)).catch((error: unknown) => {
    if (isFault(error, 'execution') || defect('refused-exec-counted')) count(app, box, true);
    throw error;
  });
  count(app, box, false);
  const session = newSession(box, randomUUID(), { main: false, process }, usageOf(app, box));
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
