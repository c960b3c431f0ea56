import { mkdir } from 'node:fs/promises';
import { availableParallelism, loadavg } from 'node:os';
import type { Identity } from '../../../domain/identity.ts';
import { InfrastructureError } from '../../../domain/infrastructure-error.ts';
import type { Log } from '../../../domain/log.ts';
import {
  homesOfLane,
  isLabBootFailure,
  LAB_LANES,
  type Lab,
  LabError,
  openLab,
  ROOTFS,
} from '../../../lab/index.ts';
import { localLaunch } from '../../drivers/launch.ts';
import { makeSession } from '../../drivers/make-session.ts';
import type { Session } from '../../ports/session.ts';
import type { Target, TargetOptions } from '../../ports/target.ts';
import { findSdks } from '../../sdks.ts';
import { bootsPlainBox } from '../homes.ts';
import { localHost } from '../local/host.ts';
import { settledBaseline, untilSound } from '../settled.ts';
import { labHost } from './host.ts';
import { labLaunch } from './launch.ts';
import { labSdk } from './local-sdk.ts';
import { labLogs } from './logs.ts';
import { demandServer, resetLane, restartLabServer } from './server.ts';
import { labBaseline, sweepLab } from './sweep.ts';

/** What the contract's deadlines are multiplied by: hardware is emulated (docs/measurements.md, "The lab"). */
const DEADLINE_FACTOR = 3;
/** A server that died is started again at once by the guest's init. */
const SERVER_MS = 30_000;

/**
 * The real BoxLite in a virtual machine that emulates what it needs. Builds and boots it where that was not done. It
 * is the first lane: others are opened beside it, in the same machine, which ends with the last of them.
 * @param log one line at a time about a build or a boot, which take a while
 * @throws LabError when the machine lacks something, another run has the lab, or it does not boot
 */
export async function openLabTarget(options: TargetOptions, log: Log): Promise<Target> {
  const lab = await openLab({ ...options, purpose: 'a run of the suite' }, log);
  const busy = busyText(loadavg()[0] ?? 0, availableParallelism());
  if (busy !== null) log(busy);
  let lanes = 0;
  let open = 0;
  const close = async (): Promise<void> => {
    open -= 1;
    if (open === 0) await lab.close();
  };
  const beside = async (): Promise<Target> => {
    const lane = lanes++;
    if (lane >= LAB_LANES) throw new LabError(`the lab has ${LAB_LANES} lanes, not more`);
    open += 1;
    try {
      const removed = await cleaned(lab, lane, log);
      if (removed.length > 0) log(`lab: removed what an earlier run left: ${removed.join(', ')}`);
      return { ...target(lab, lane, options.urlBoxlite), beside, close };
    } catch (error) {
      await close();
      throw error;
    }
  };
  return beside();
}

/**
 * Makes a lane fit for use; with the first one the whole machine, which is booted anew where it is up but too sick for it.
 * @returns what a run before this one left behind and had to be removed: nobody's finding
 */
async function cleaned(lab: Lab, lane: number, log: Log): Promise<string[]> {
  const clean = async (): Promise<string[]> => {
    if (lane === 0) await resetOthers(lab);
    await demandServer(lab, lane, SERVER_MS);
    return sweep(lab, lane);
  };
  try {
    return await clean();
  } catch (error) {
    if (lane > 0 || !(error instanceof InfrastructureError)) throw error;
    log(`lab: boot: the machine that was up goes down: ${error.message}`);
    await lab.restart();
    return clean();
  }
}

/** Resets the further lanes in which a run that had more of them, and was killed, has left something. */
async function resetOthers(lab: Lab): Promise<void> {
  const others = Array.from({ length: LAB_LANES - 1 }, (_, at) => at + 1);
  const isDirty = async (lane: number) => (await labBaseline(lab, lane)).length > 0;
  await Promise.all(others.map(async (lane) => (await isDirty(lane)) && resetLane(lab, lane)));
}

/** BoxLite gives a box 30 s to boot; emulated on a machine that is busy with other things, some take longer. */
export function busyText(load: number, cpus: number): string | null {
  if (load <= 2 * cpus) return null;
  return `lab: this machine is busy (load ${load.toFixed(1)} on ${cpus} CPUs): boxes may not boot within BoxLite's own 30 s`;
}

function target(lab: Lab, lane: number, client: string | undefined): Omit<Target, 'close'> {
  return {
    identity: identityOf(lab, client),
    session: (label) => openSession(lab, lane, label, client),
    baseline: (...until) => settledBaseline(() => labBaseline(lab, lane), ...until),
    sweep: () => sweep(lab, lane),
    shaky: true,
    isInfrastructure: isLabBootFailure,
    control: async () => {
      const session = await openSession(lab, lane, 'control');
      return bootsPlainBox(session).finally(() => session.dispose());
    },
    heartbeat: lab.heartbeat,
    lost: lab.lost,
    recover: async () => {
      await lab.restart();
      await untilSound(lab.heartbeat);
    },
    logs: (sinceMs) => labLogs(lab, lane, sinceMs),
  };
}

function identityOf(lab: Lab, client: string | undefined): Identity {
  const { state } = lab;
  const details = {
    machine: `QEMU ${state.qemuVersion}, TCG (no hardware virtualization)`,
    kernel: state.kernel,
    boxlite: state.boxlite,
    runtime: state.runtime ?? 'unknown',
    server: 'boxlite serve in the lab',
    ...(client && { client }),
  };
  return { target: 'lab', version: state.version, details };
}

async function sweep(lab: Lab, lane: number): Promise<string[]> {
  const session = await openSession(lab, lane, 'sweep');
  return sweepLab(lab, lane, session).finally(() => session.dispose());
}

let sessions = 0;

/** The server is waited for: if the last program killed it, that was its finding, and init has started it again. */
async function openSession(
  lab: Lab,
  lane: number,
  label: string,
  client = lab.state.boxlite,
): Promise<Session> {
  await demandServer(lab, lane, SERVER_MS).catch(async (error) => {
    if (!(error instanceof InfrastructureError)) throw error;
    await lab.heartbeat();
    await resetLane(lab, lane);
  });
  // Below the lab's own directory, which goes when the lab goes down: also what a killed run leaves behind.
  const here = localHost(lab.paths.run);
  const home = await here.path({ via: 'url' }, 'home');
  await mkdir(home);
  const own = `${label.replace(/[^0-9a-z]/gi, '').slice(0, 12)}${process.pid}-${++sessions}`;
  return makeSession({
    image: { rootfs: ROOTFS },
    deadlineFactor: DEADLINE_FACTOR,
    local: { launch: labLaunch(lab), home: homesOfLane(lane).cli },
    remote: { launch: localLaunch({ file: client, env: { HOME: home } }), home },
    server: { baseUrl: lab.serveUrl(lane), apiKey: lab.apiKey },
    sdks: findSdks(lab.state.version, lab.paths.cache).found,
    localSdk: labSdk(lab, lane),
    lost: lab.lost(),
    restartServer: (how, { timeoutMs }) => restartLabServer(lab, lane, how, timeoutMs),
    host: labHost(lab, own, here, homesOfLane(lane).cli),
  });
}
