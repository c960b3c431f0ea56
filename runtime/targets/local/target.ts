import { mkdirSync } from 'node:fs';
import { release } from 'node:os';
import type { Identity } from '../../../domain/identity.ts';
import { removePath } from '../../../files/write.ts';
import { askVersion } from '../../doctor/given.ts';
import { makeSession } from '../../drivers/make-session.ts';
import type { Session } from '../../ports/session.ts';
import type { Baseline, Target } from '../../ports/target.ts';
import { settledBaseline, untilSound } from '../settled.ts';
import { localHost } from './host.ts';
import {
  endServe,
  ensureServe,
  type LocalRuntime,
  type LocalSetup,
  makeLocalRuntime,
  restartServe,
} from './local-runtime.ts';
import { logsOf } from './logs.ts';
import { checkMachine, tryBox } from './machine.ts';
import { baselineOf, forceAway, sweepLocalRuntime } from './sweep.ts';

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
  const session = (label: string) => openSession(runtime, image, label);
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
async function openSession(runtime: LocalRuntime, image: Session['image'], label: string): Promise<Session> {
  const serve = await ensureServe(runtime);
  const { apiKey, homes, setup } = runtime;
  const { launch } = runtime.calls;
  return makeSession({
    image,
    deadlineFactor: setup.deadlineFactor,
    local: { launch, home: homes.local },
    remote: { launch, home: homes.client },
    server: { baseUrl: serve.baseUrl, apiKey },
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
