import { mkdirSync } from 'node:fs';
import { release } from 'node:os';
import { askVersion } from '../../doctor/ask-version.ts';
import { makeSession } from '../../drivers/make-session.ts';
import { removePath } from '../../machine/remove-trace.ts';
import type { Session } from '../../ports/session.ts';
import type { Baseline, Identity, Target } from '../../ports/target.ts';
import { settledBaseline } from '../settled.ts';
import { checkMachine } from './health.ts';
import { localHost } from './host.ts';
import { baselineOf, forceAway } from './leftovers.ts';
import { type Bed, endServe, ensureServe, makeBed } from './local-runtime.ts';
import { logsOf } from './logs.ts';
import { restartServe } from './restart.ts';
import type { LocalSetup } from './setup.ts';
import { sweepBed } from './sweep.ts';
import { tryBox } from './trial.ts';

/** Removed boxes are gone within this (contract 7.11). */
const GONE_MS = 5_000;

/**
 * A runtime on this machine, with all three surfaces: one server and one local home below one short
 * directory, noted for the reaper before anything is started.
 * @throws when the binary is no boxlite, no box starts where that is tried, or its server does not start; nothing is left behind then.
 */
export async function openLocalTarget(setup: LocalSetup): Promise<Target> {
  const bed = makeBed(setup);
  try {
    const image = await setup.image(bed.root);
    const version = await askVersion(bed.launch, setup.command.file);
    if (setup.trial) await tryBox(bed, image);
    await ensureServe(bed);
    return target(bed, image, version);
  } catch (error) {
    await closeBed(bed, []);
    throw error;
  }
}

function target(bed: Bed, image: Session['image'], version: string): Target {
  const { setup } = bed;
  const initial = baselineOf(bed);
  const details = { ...setup.details, kernel: release() };
  const identity: Identity = { target: setup.name, version, details };
  const recover = async () => {
    mkdirSync(bed.homes.client, { recursive: true });
    await sweepBed(bed, initial);
    await checkMachine(bed.root);
  };
  return {
    identity,
    session: (label) => openSession(bed, image, label),
    baseline: (settled, deadlineMs = GONE_MS * setup.patience) =>
      settledBaseline(() => baselineOf(bed), settled, deadlineMs),
    sweep: () => sweepBed(bed, initial),
    heartbeat: () => checkMachine(bed.root),
    recover,
    logs: async (sinceMs) => logsOf(bed, sinceMs),
    close: () => closeBed(bed, initial),
  };
}

/** A session starts the server again when the last program killed it: that was its finding, not ours. */
async function openSession(bed: Bed, image: Session['image'], label: string): Promise<Session> {
  const serve = await ensureServe(bed);
  const { launch, apiKey, homes, setup } = bed;
  return makeSession({
    surfaces: ['cli', 'url', 'rest'],
    image,
    patience: setup.patience,
    local: { launch, home: homes.local },
    url: { launch, home: homes.client, url: serve.baseUrl, apiKey },
    server: { baseUrl: serve.baseUrl, apiKey },
    restartServer: (how, { timeoutMs }) => restartServe(bed, how, timeoutMs),
    host: localHost(bed.root, label),
  });
}

/** Never throws: an end that fails half-way must not keep the rest from being ended. */
async function closeBed(bed: Bed, initial: Baseline): Promise<void> {
  try {
    await endServe(bed);
    await bed.endLaunch();
    await forceAway({ ...bed, setup: { ...bed.setup, ignored: [], patience: 0 } }, initial);
  } catch (error) {
    bed.setup.log(`${bed.setup.name}: while closing: ${error instanceof Error ? error.message : error}`);
  }
  removePath(bed.root);
  bed.record.close();
}
