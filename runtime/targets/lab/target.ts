import { mkdir } from 'node:fs/promises';
import { availableParallelism, loadavg } from 'node:os';
import type { Identity } from '../../../domain/identity.ts';
import { InfrastructureError } from '../../../domain/infrastructure-error.ts';
import type { Log } from '../../../domain/log.ts';
import { CLI_HOME, isLabBootFailure, type Lab, openLab, ROOTFS } from '../../../lab/index.ts';
import { localLaunch } from '../../drivers/launch.ts';
import { makeSession } from '../../drivers/make-session.ts';
import type { Session } from '../../ports/session.ts';
import type { Baseline, Target, TargetOptions } from '../../ports/target.ts';
import { findSdks } from '../../sdks.ts';
import { bootsPlainBox } from '../homes.ts';
import { localHost } from '../local/host.ts';
import { settledBaseline, untilSound } from '../settled.ts';
import { labHost } from './host.ts';
import { labLaunch } from './launch.ts';
import { labLogs } from './logs.ts';
import { demandServer, resetLab, restartLabServer } from './server.ts';
import { labBaseline, sweepLab } from './sweep.ts';

/** What the contract's deadlines are multiplied by: hardware is emulated (docs/measurements.md, "The lab"). */
const DEADLINE_FACTOR = 3;
/** A server that died is started again at once by the guest's init. */
const SERVER_MS = 30_000;

/**
 * The real BoxLite in a virtual machine that emulates what it needs. Builds and boots it where that was not done.
 * @param log one line at a time about a build or a boot, which take a while
 * @throws LabError when the machine lacks something, another run has the lab, or it does not boot
 */
export async function openLabTarget(options: TargetOptions, log: Log): Promise<Target> {
  const lab = await openLab({ ...options, purpose: 'a run of the suite' }, log);
  const busy = busyText(loadavg()[0] ?? 0, availableParallelism());
  if (busy !== null) log(busy);
  try {
    await demandServer(lab, SERVER_MS);
    // What a run before this one left behind is nobody's finding.
    const clean: Baseline = [];
    const removed = await sweep(lab, clean);
    if (removed.length > 0) log(`lab: removed what an earlier run left: ${removed.join(', ')}`);
    return target(lab, clean);
  } catch (error) {
    await lab.close();
    throw error;
  }
}

/** BoxLite gives a box 30 s to boot; emulated on a machine that is busy with other things, some take longer. */
export function busyText(load: number, cpus: number): string | null {
  if (load <= 2 * cpus) return null;
  return `lab: this machine is busy (load ${load.toFixed(1)} on ${cpus} CPUs): boxes may not boot within BoxLite's own 30 s`;
}

function target(lab: Lab, clean: Baseline): Target {
  return {
    identity: identityOf(lab),
    session: (label) => openSession(lab, label),
    baseline: (...until) => settledBaseline(() => labBaseline(lab), ...until),
    sweep: () => sweep(lab, clean),
    shaky: true,
    isInfrastructure: isLabBootFailure,
    control: async () => {
      const session = await openSession(lab, 'control');
      return bootsPlainBox(session).finally(() => session.dispose());
    },
    heartbeat: lab.heartbeat,
    lost: lab.lost,
    recover: async () => {
      await lab.restart();
      await untilSound(lab.heartbeat);
    },
    logs: (sinceMs) => labLogs(lab, sinceMs),
    close: () => lab.close(),
  };
}

function identityOf(lab: Lab): Identity {
  const { state } = lab;
  const details = {
    machine: `QEMU ${state.qemuVersion}, TCG (no hardware virtualization)`,
    kernel: state.kernel,
    boxlite: state.boxlite,
    runtime: state.runtime ?? 'unknown',
    server: 'boxlite serve in the lab',
  };
  return { target: 'lab', version: state.version, details };
}

async function sweep(lab: Lab, clean: Baseline): Promise<string[]> {
  const session = await openSession(lab, 'sweep');
  return sweepLab(lab, session, clean).finally(() => session.dispose());
}

let sessions = 0;

/** The server is waited for: if the last program killed it, that was its finding, and init has started it again. */
async function openSession(lab: Lab, label: string): Promise<Session> {
  await demandServer(lab, SERVER_MS).catch(async (error) => {
    if (!(error instanceof InfrastructureError)) throw error;
    await lab.heartbeat();
    await resetLab(lab);
  });
  // Below the lab's own directory, which goes when the lab goes down: also what a killed run leaves behind.
  const here = localHost(lab.paths.run);
  const home = await here.path({ via: 'url' }, 'home');
  await mkdir(home);
  const own = `${label.replace(/[^0-9a-z]/gi, '').slice(0, 12)}${process.pid}-${++sessions}`;
  return makeSession({
    image: { rootfs: ROOTFS },
    deadlineFactor: DEADLINE_FACTOR,
    local: { launch: labLaunch(lab), home: CLI_HOME },
    remote: { launch: localLaunch({ file: lab.state.boxlite, env: { HOME: home } }), home },
    server: { baseUrl: lab.serveUrl, apiKey: lab.apiKey },
    sdks: findSdks(lab.state.version, lab.paths.cache).found,
    lost: lab.lost(),
    restartServer: (how, { timeoutMs }) => restartLabServer(lab, how, timeoutMs),
    host: labHost(lab, own, here),
  });
}
