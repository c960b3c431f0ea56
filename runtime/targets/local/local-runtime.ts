import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { TargetName } from '../../../domain/identity.ts';
import type { Log } from '../../../domain/log.ts';
import { type ServerEnd, serverEnds } from '../../../domain/server-end.ts';
import { localLaunch } from '../../drivers/launch.ts';
import { type ResidentLaunch, residentLaunch } from '../../drivers/resident-launch.ts';
import { type ServeProcess, startServe } from '../../drivers/serve-process.ts';
import type { RestartAnswer, Session } from '../../ports/session.ts';
import { openRun, type RunRecord } from '../../runs/record.ts';
import { restarted } from '../restarted.ts';
import type { Places } from './trace.ts';

/** A LocalSetup says what distinguishes one runtime on this machine from another. */
export interface LocalSetup {
  name: TargetName;
  /** How the CLI is started: `file prefixArgs… args…`. */
  command: { file: string; prefixArgs: readonly string[] };
  /** Another program for the clients of the server. */
  client?: string | undefined;
  /** Module of a process that serves calls of the CLI; absent: each call is a process. */
  resident?: string;
  /** Added to the environment of every process, the server's too. */
  env: Readonly<Record<string, string>>;
  /** Prepares what boxes are made from, below the run's directory if need be. */
  image(root: string): Session['image'];
  /** Factor for the contract's deadlines. */
  deadlineFactor: number;
  /** Lines of `traces` that belong to the runtime as a whole and not to a box. */
  ignored: readonly RegExp[];
  /** Start one box before anything else, because only that shows whether this machine can. */
  trial: boolean;
  /** Added to the identity. */
  details: Record<string, string>;
  /** Where the SDKs are; absent: in the usual place. */
  cacheDir?: string | undefined;
  /** Where the note of this run is kept. */
  runsDir: string;
  log: Log;
}

/** Holds everything one run has on this machine: one directory, one server. */
export interface LocalRuntime {
  readonly setup: LocalSetup;
  readonly root: string;
  /**
   * Homes of the server, of the local CLI, the ever empty one of the CLI as a client, and `$HOME` of every process,
   * where a runtime unpacks itself, once a run.
   */
  readonly homes: Readonly<Record<'server' | 'local' | 'client' | 'user', string>>;
  readonly apiKey: string;
  /** How calls of the CLI are made; closing it ends the processes that stay to serve them. */
  readonly calls: ResidentLaunch;
  readonly record: RunRecord;
  /** The server, or null before the first start. */
  serve: ServeProcess | null;
  /** Servers of this run that ended, with what they printed. */
  readonly ended: ServeProcess[];
}

/** A server opens its home, recovers what it finds and listens. */
const READY_MS = 30_000;
/** As long as a stop of its boxes may take, and a little (contract 3.3). */
const STOP_MS = 20_000;

/** Makes the directories, notes them, starts nothing. */
export function makeLocalRuntime(setup: LocalSetup): LocalRuntime {
  const record = openRun(setup.runsDir, setup.name);
  const root = record.makeRoot();
  // One letter each, because unix sockets live below these paths.
  const user = join(root, 'u');
  const homes = { server: join(root, 's'), local: join(root, 'l'), client: join(root, 'c'), user };
  for (const home of Object.values(homes)) mkdirSync(home);
  const apiKey = randomBytes(12).toString('hex');
  return { setup, root, homes, apiKey, calls: callsOf(setup, user, record), record, serve: null, ended: [] };
}

function callsOf(setup: LocalSetup, user: string, record: RunRecord): ResidentLaunch {
  const env = { ...setup.env, HOME: user };
  const processes = localLaunch({ ...setup.command, env });
  if (setup.resident === undefined) return { launch: processes, close: async () => {} };
  const onPid = (pid: number) => record.addProcess(pid, 'boxlite, resident');
  const { launch, close } = residentLaunch({ file: setup.resident, env, onPid });
  // A terminal is had by a process of its own.
  return { launch: (args, options) => (options.terminal ? processes : launch)(args, options), close };
}

/** Gives the running server; started, or started again on the same port when it has died. */
export async function ensureServe(runtime: LocalRuntime): Promise<ServeProcess> {
  const { serve, setup } = runtime;
  if (serve?.alive()) return serve;
  if (serve) setup.log(`${setup.name}: the server (pid ${serve.pid}) is gone; starting another`);
  return nextServe(runtime);
}

/** Starts a server in place of one that has ended, or the first. */
async function nextServe(runtime: LocalRuntime): Promise<ServeProcess> {
  const { setup, homes, apiKey, record, serve: known } = runtime;
  if (known) runtime.ended.push(known);
  runtime.serve = await startServe({
    ...setup.command,
    ...{ env: { ...setup.env, HOME: homes.user }, home: homes.server, apiKey, port: known?.port ?? 0 },
    readyMs: READY_MS * setup.deadlineFactor,
    onPid: (pid) => record.addProcess(pid, 'boxlite serve'),
  });
  return runtime.serve;
}

/** Ends the server, if there is one. `graceMs` 0: at once. */
export async function endServe(
  { serve, setup }: LocalRuntime,
  graceMs = STOP_MS * setup.deadlineFactor,
): Promise<void> {
  await serve?.end('SIGINT', graceMs);
}

/**
 * Ends the server of a runtime and starts another one on its home and port.
 * @param endMs for its end; then it is killed.
 */
export async function restartServe(
  runtime: LocalRuntime,
  how: ServerEnd,
  endMs: number,
): Promise<RestartAnswer> {
  const old = runtime.serve;
  const wasThere = old?.alive() ?? false;
  const byItself = old === null || (await old.end(`SIG${serverEnds[how]}`, endMs));
  const ended = wasThere ? (byItself ? 'by itself' : 'killed') : 'before';
  return restarted(ended, nextServe(runtime), how, endMs);
}

/** Gives where this run's traces are. */
export function placesOf({ homes, serve, root, setup }: LocalRuntime): Places {
  const { server, local, client } = homes;
  const own = serve?.alive() ? { pid: serve.pid, port: serve.port } : null;
  return { root, homes: { server, local, client }, server: own, ignored: setup.ignored };
}
