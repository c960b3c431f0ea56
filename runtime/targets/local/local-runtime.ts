import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Launch, localLaunch } from '../../drivers/launch.ts';
import { type ResidentLaunch, residentLaunch } from '../../drivers/resident-launch.ts';
import { type ServeProcess, startServe } from '../../drivers/serve-process.ts';
import { openRun, type RunRecord } from '../../runs/run-record.ts';
import type { LocalSetup } from './setup.ts';
import type { Places } from './trace.ts';

/** Names are one letter long because unix sockets live below these paths. */
interface Homes {
  /** Home of the server, of the local CLI, and the ever empty one of the CLI as a client. */
  server: string;
  local: string;
  client: string;
  /** `$HOME` of every process: where a runtime unpacks itself, once a run. */
  user: string;
}

/** Everything one run has on this machine: one directory, one server. */
export interface LocalRuntime {
  readonly setup: LocalSetup;
  readonly root: string;
  readonly homes: Homes;
  readonly apiKey: string;
  readonly launch: Launch;
  /** Ends the processes that stay to serve `launch`. */
  readonly endLaunch: () => Promise<void>;
  readonly record: RunRecord;
  /** The server, or null between a stop and the next start. */
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
  const homes = {
    server: join(root, 's'),
    local: join(root, 'l'),
    client: join(root, 'c'),
    user: join(root, 'u'),
  };
  for (const home of Object.values(homes)) mkdirSync(home);
  const env = { ...setup.env, HOME: homes.user };
  const apiKey = randomBytes(12).toString('hex');
  const calls = callsOf(setup, env, record);
  const { launch, close: endLaunch } = calls;
  return { setup, root, homes, apiKey, launch, endLaunch, record, serve: null, ended: [] };
}

function callsOf(setup: LocalSetup, env: Record<string, string>, record: RunRecord): ResidentLaunch {
  if (setup.resident === undefined)
    return { launch: localLaunch({ ...setup.command, env }), close: async () => {} };
  const onPid = (pid: number) => record.addProcess(pid, 'boxlite, resident');
  return residentLaunch({ file: setup.resident, env, onPid });
}

/** The running server; started, or started again on the same port when it has died. */
export async function ensureServe(runtime: LocalRuntime): Promise<ServeProcess> {
  const known = runtime.serve;
  if (known?.alive()) return known;
  if (known)
    runtime.setup.log(`${runtime.setup.name}: the server (pid ${known.pid}) is gone; starting another`);
  return nextServe(runtime);
}

/** Starts a server in place of one that has ended, or the first. */
export async function nextServe(runtime: LocalRuntime): Promise<ServeProcess> {
  const known = runtime.serve;
  if (known) runtime.ended.push(known);
  const serve = await startServe({
    ...runtime.setup.command,
    env: { ...runtime.setup.env, HOME: runtime.homes.user },
    home: runtime.homes.server,
    apiKey: runtime.apiKey,
    port: known?.port ?? 0,
    readyMs: READY_MS * runtime.setup.deadlineFactor,
    onPid: (pid) => runtime.record.addProcess(pid, 'boxlite serve'),
  });
  runtime.serve = serve;
  return serve;
}

/** Ends the server, if there is one. `graceMs` 0: at once. */
export async function endServe(
  runtime: LocalRuntime,
  graceMs = STOP_MS * runtime.setup.deadlineFactor,
): Promise<void> {
  await runtime.serve?.stop(graceMs);
}

/** Where this run's traces are. */
export function placesOf(runtime: LocalRuntime): Places {
  const { server, local, client } = runtime.homes;
  const serve = runtime.serve?.alive() ? { pid: runtime.serve.pid, port: runtime.serve.port } : null;
  return {
    root: runtime.root,
    homes: { server, local, client },
    server: serve,
    ignored: runtime.setup.ignored,
  };
}
