import { mkdirSync } from 'node:fs';
import { release } from 'node:os';
import { join, relative } from 'node:path';
import { deadlines } from '../../../domain/deadlines.ts';
import type { Identity } from '../../../domain/identity.ts';
import { tailOf } from '../../../files/tail.ts';
import { removePath } from '../../../files/write.ts';
import { entriesOf, logsBelow } from '../../../machine/tree.ts';
import { lookUntil } from '../../../machine/until.ts';
import { askVersion } from '../../doctor/given.ts';
import { localLaunch } from '../../drivers/launch.ts';
import { makeSession } from '../../drivers/make-session.ts';
import type { Session } from '../../ports/session.ts';
import type { Baseline, Target } from '../../ports/target.ts';
import { findSdks } from '../../sdks.ts';
import { emptyHome, type Home } from '../homes.ts';
import { beyond, settledBaseline, untilSound } from '../settled.ts';
import { localHost } from './host.ts';
import {
  endServe,
  ensureServe,
  type LocalRuntime,
  type LocalSetup,
  makeLocalRuntime,
  placesOf,
  restartServe,
} from './local-runtime.ts';
import { checkMachine, tryBox } from './machine.ts';
import { removeTrace, type Trace, traces } from './trace.ts';

/**
 * Opens a runtime on this machine, with all three surfaces: one server and one local home below one short
 * directory, noted for the reaper before anything is started.
 * @throws when the binary is no boxlite, no box starts where that is tried, or its server does not start; nothing
 * is left behind then.
 */
export async function openLocalTarget(setup: LocalSetup): Promise<Target> {
  const runtime = makeLocalRuntime(setup);
  try {
    const image = setup.image(runtime.root);
    const version = await askVersion(runtime.calls.launch, setup.command.file);
    if (setup.trial) await tryBox(runtime, image);
    await ensureServe(runtime);
    return target(runtime, image, version);
  } catch (error) {
    await closeLocalRuntime(runtime, []);
    throw error;
  }
}

function target(runtime: LocalRuntime, image: Session['image'], version: string): Target {
  const { setup } = runtime;
  const initial = baselineOf(runtime);
  const details = { ...setup.details, kernel: release() };
  const identity: Identity = { target: setup.name, version, details };
  const session = (label: string) => openSession(runtime, image, version, label);
  const sweep = () => sweepLocalRuntime(runtime, () => session('sweep'), initial);
  return {
    identity,
    session,
    baseline: (...until) => settledBaseline(() => baselineOf(runtime), ...until),
    sweep,
    heartbeat: () => checkMachine(runtime.root),
    recover: async () => {
      mkdirSync(runtime.homes.client, { recursive: true });
      await sweep();
      await untilSound(() => checkMachine(runtime.root));
    },
    logs: (sinceMs) => logsOf(runtime, sinceMs),
    close: () => closeLocalRuntime(runtime, initial),
  };
}

/** A session starts the server again when the last program killed it: that was its finding, not ours. */
async function openSession(
  runtime: LocalRuntime,
  image: Session['image'],
  version: string,
  label: string,
): Promise<Session> {
  const serve = await ensureServe(runtime);
  const { apiKey, homes, setup } = runtime;
  const { launch } = runtime.calls;
  const env = { ...setup.env, HOME: homes.user };
  const clients = setup.client === undefined ? launch : localLaunch({ file: setup.client, env });
  return makeSession({
    image,
    deadlineFactor: setup.deadlineFactor,
    local: { launch, home: homes.local },
    remote: { launch: clients, home: homes.client },
    server: { baseUrl: serve.baseUrl, apiKey },
    sdks: findSdks(version, setup.cacheDir).found,
    restartServer: (how, { timeoutMs }) => restartServe(runtime, how, timeoutMs),
    host: localHost(runtime.root, label),
  });
}

/** Never throws: an end that fails half-way must not keep the rest from being ended. */
async function closeLocalRuntime(runtime: LocalRuntime, initial: Baseline): Promise<void> {
  try {
    await endServe(runtime);
    await runtime.calls.close();
    await forceAway({ ...runtime, setup: { ...runtime.setup, ignored: [], deadlineFactor: 0 } }, initial);
  } catch (error) {
    runtime.setup.log(
      `${runtime.setup.name}: while closing: ${error instanceof Error ? error.message : error}`,
    );
  }
  removePath(runtime.root);
  runtime.record.close();
}

/** Gives the baseline of this run, sorted, one line a thing. */
const baselineOf = (runtime: LocalRuntime): Baseline =>
  traces(placesOf(runtime))
    .map((trace) => trace.line)
    .sort();

/** Says what exists now and did not when the run was opened. */
const leftovers = (runtime: LocalRuntime, initial: Baseline): Trace[] =>
  beyond(traces(placesOf(runtime)), initial, (trace) => trace.line);

/** A killed process needs a moment. */
const FORCED_MS = 2_000;

/** Waits for what is going anyway, then removes the rest by force. What had to be forced, in words. */
async function forceAway(runtime: LocalRuntime, initial: Baseline): Promise<string[]> {
  const look = () => leftovers(runtime, initial);
  const none = (found: Trace[]) => found.length === 0;
  const stuck = await lookUntil(look, deadlines.goneMs * runtime.setup.deadlineFactor, none);
  for (const trace of stuck) await removeTrace(trace);
  await lookUntil(look, stuck.length > 0 ? FORCED_MS : 0, none);
  return stuck.map((trace) => trace.line);
}

/**
 * Empties both homes, whatever it takes: by the runtime's own means first, then by killing and deleting; a
 * home whose runtime no longer answers is wiped and its server started anew.
 * @param open opens a session, for which the server is started when it is gone.
 * @param initial the baseline of the freshly opened run.
 * @returns what had to be removed, in words.
 */
async function sweepLocalRuntime(
  runtime: LocalRuntime,
  open: () => Promise<Session>,
  initial: Baseline,
): Promise<string[]> {
  const emptied = async (home: Home) => {
    const session = await open();
    return emptyHome(session, home).finally(() => session.dispose());
  };
  const removed: string[] = [];
  for (const home of ['server', 'local'] as const)
    removed.push(...(await emptied(home).catch((error) => wipe(runtime, home, error))));
  removed.push(...(await forceAway(runtime, initial)));
  if (leftovers(runtime, initial).length > 0)
    removed.push(...(await wipe(runtime, 'server', 'things remain')));
  return removed;
}

/** Removes, as the last resort for a home, its processes and its files; a server starts again on an empty home. */
async function wipe(runtime: LocalRuntime, which: Home, why: unknown): Promise<string[]> {
  const { setup, homes } = runtime;
  setup.log(`${setup.name}: wiping the ${which} home: ${why instanceof Error ? why.message : why}`);
  if (which === 'server') await endServe(runtime, 0);
  const ours = traces({ ...placesOf(runtime), root: homes[which], ignored: [] });
  for (const trace of ours) if (trace.kind !== 'path') await removeTrace(trace);
  removePath(homes[which]);
  mkdirSync(homes[which], { recursive: true });
  if (which === 'server') await ensureServe(runtime);
  return [`the whole ${which} home`];
}

/** The end of each log is what matters, and a report must stay readable. */
const FILE_LIMIT_BYTES = 256 * 1024;
const MAX_FILES = 40;

/** Gives what the server printed and the homes' log files that changed since (ms since epoch), by name. */
async function logsOf(runtime: LocalRuntime, sinceMs: number): Promise<Record<string, string>> {
  const servers = [...runtime.ended, ...(runtime.serve ? [runtime.serve] : [])];
  const printed = servers.map((serve) => [`serve-${serve.pid}.log`, serve.logSince(sinceMs)]);
  const files = [runtime.homes.server, runtime.homes.local].flatMap(logFiles).slice(0, MAX_FILES);
  const read = await Promise.all(
    files.map(async (file) => [
      relative(runtime.root, file),
      await tailOf(file, FILE_LIMIT_BYTES, sinceMs).catch(() => ''),
    ]),
  );
  return Object.fromEntries([...printed, ...read].filter(([, text]) => text !== ''));
}

function logFiles(home: string): string[] {
  const boxes = join(home, 'boxes');
  return [...logsBelow(home), ...entriesOf(boxes).flatMap((id) => logsBelow(join(boxes, id)))];
}
