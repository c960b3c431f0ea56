import { existsSync } from 'node:fs';
import type { Log } from '../domain/log.ts';
import { tailOf } from '../files/tail.ts';
import { stillRuns } from '../machine/process.ts';
import { bootMachine } from './boot.ts';
import { type Built, buildAll, type LabOptions } from './build/index.ts';
import type { Called } from './call.ts';
import { heartbeat, LOG_TAIL_BYTES, troubleOf } from './heartbeat.ts';
import { type InsideOptions, runInside } from './inside.ts';
import { holding, lockHolder, takeLock } from './lock.ts';
import { stopMachine } from './machine.ts';
import { type LabPaths, labPaths } from './paths.ts';
import { commandArgv, sshPlace } from './ssh.ts';
import { type LabState, readState, versionsText, writeState } from './state.ts';
import { vitalSigns } from './vital-signs.ts';
import { watching } from './watch.ts';

/** Image of all boxes in the guest. */
export const ROOTFS = '/opt/boxcheck/rootfs';
export const GUEST_BOXLITE = '/opt/boxcheck/bin/boxlite';

/**
 * Takes the lab, builds what is missing, and boots it unless a machine of the same BoxLite is up and well.
 * @param options.keep the machine stays up after `close`
 * @throws LabError when another process has it, when something of the host is missing, or when it does not boot
 */
export async function openLab(
  options: LabOptions & { purpose: string; keep?: boolean },
  log: Log,
): Promise<Lab> {
  const paths = labPaths(options.cacheDir);
  const giveBack = takeLock(paths.lock, options.purpose);
  try {
    const built = await buildAll(options, paths, log);
    return labOf(built, await upState(built, options.keep ?? false, paths, log), paths, giveBack, log);
  } catch (error) {
    giveBack();
    throw error;
  }
}

/** The machine that is up, if it can be used as it is, else a new one. */
async function upState(built: Built, keep: boolean, paths: LabPaths, log: Log): Promise<LabState> {
  const state = await readState(paths.state);
  const why = state === null ? null : await unusable(state, built, paths);
  if (state === null || why !== null) {
    if (why !== null) log(`lab: boot: the machine that was up goes down: ${why}`);
    // One that was started to stay is replaced by one that stays.
    return bootMachine(built, keep || (state?.keep ?? false), paths, log);
  }
  log(`lab: boot: already up since ${state.startedAt}`);
  // Once up to stay it stays; one left behind by a run that was killed becomes this run's.
  const kept = { ...state, keep: state.keep || keep, boxlite: built.boxlite, runtime: built.runtime };
  writeState(paths.state, kept);
  return kept;
}

async function unusable(state: LabState, built: Built, paths: LabPaths): Promise<string | null> {
  if (!stillRuns(state.qemu)) return 'its QEMU is gone';
  if (state.payload !== built.payload) return `it has boxlite ${state.version} of another build`;
  return troubleOf(state, paths);
}

/** Holds a lab that is up, in the hands of this process alone until `close`. */
export type Lab = ReturnType<typeof labOf>;

function labOf(built: Built, opened: LabState, paths: LabPaths, giveBack: () => void, log: Log) {
  let state = opened;
  const watched = () => watching(vitalSigns(state.qemu, paths));
  let watch = watched();
  const place = () => sshPlace(state.sshPort, paths);
  return {
    paths,
    /** Another one after `restart`; its `boxlite` is this machine's own binary, for `--url`. */
    get state() {
      return state;
    },
    /** `http://127.0.0.1:PORT` of a lane. Another one after `restart`. */
    serveUrl: (lane: number): string => urlOf(state, lane),
    get apiKey() {
      return state.apiKey;
    },
    /** Command of this machine that runs `argv` in the guest; stdin, stdout and stderr are its own. */
    sshArgv: (argv: readonly string[]): string[] => commandArgv(place(), argv),
    /** Runs a program in the guest. @throws LabError when the guest cannot be reached, or not in time */
    run: (argv: readonly string[], options: InsideOptions): Promise<Called> =>
      runInside(place(), argv, { ...options, lost: watch.lost }),
    /** Aborts with a LabError when the machine is found lost; another one after `restart`. */
    lost: (): AbortSignal => watch.lost,
    /** @throws LabError saying in what way the guest is lost */
    heartbeat: () => heartbeat(state, paths, watch.lost),
    /** Ends the machine and boots it from a clean disk. */
    restart: async () => {
      watch.end();
      state = await bootMachine(built, state.keep, paths, log);
      watch = watched();
    },
    /** Gives the lab back: a machine that was started to stay does, any other goes down. */
    close: async () => {
      watch.end();
      try {
        if (!state.keep) await stopMachine(paths);
      } finally {
        giveBack();
      }
    },
  };
}

const urlOf = ({ servePorts }: LabState, lane: number): string => `http://127.0.0.1:${servePorts[lane]}`;

/** Does `boxcheck lab build`: makes everything a boot needs. @throws LabError */
export async function buildLab(options: LabOptions, log: Log): Promise<void> {
  const paths = labPaths(options.cacheDir);
  const built = await holding(paths.lock, 'lab build', () => buildAll(options, paths, log));
  log(`lab: built for ${versionsText(built)}; cache: ${paths.cache}`);
}

/** Does `boxcheck lab up`: a machine that stays up after this process; nothing to do when one is. @throws LabError */
export async function upLab(options: LabOptions, log: Log): Promise<void> {
  const lab = await openLab({ ...options, purpose: 'lab up', keep: true }, log);
  log(`lab: up with ${versionsText(lab.state)}, server ${lab.serveUrl(0)}, QEMU pid ${lab.state.qemu.pid}`);
  log(`lab: the server's key is apiKey in ${labPaths(options.cacheDir).state}`);
  log(`lab: a shell in it: ${lab.sshArgv([]).slice(0, -2).join(' ')}`);
  await lab.close();
}

/** Does `boxcheck lab down`: ends the machine, whoever started it, unless a live process uses it. @throws LabError */
export async function downLab(options: LabOptions, log: Log): Promise<void> {
  const paths = labPaths(options.cacheDir);
  log((await holding(paths.lock, 'lab down', () => stopMachine(paths))) ? 'lab: down' : 'lab: was not up');
}

/** What is built, who has the lab, and the machine that is up; its `trouble` is null while it is well. */
async function statusOf(options: LabOptions) {
  const paths = labPaths(options.cacheDir);
  const holder = lockHolder(paths.lock);
  const state = await readState(paths.state);
  const machine = state && {
    ...{ version: state.version, runtime: state.runtime, startedAt: state.startedAt },
    ...{ qemu: { pid: state.qemu.pid, version: state.qemuVersion }, kernel: state.kernel },
    ...{ server: urlOf(state, 0), stays: state.keep },
    trouble: await troubleOf(state, paths),
  };
  return {
    ...{ format: 1, cache: paths.cache, diskBuilt: existsSync(paths.disk) },
    holder: holder && { pid: holder.pid, purpose: holder.purpose },
    machine,
  };
}

/**
 * Does `boxcheck lab status`: says what is built and what is up, as lines or, where `tell` is there, as data. True when
 * a machine is up and well.
 */
export async function labStatus(
  options: LabOptions,
  log: Log,
  tell?: (status: unknown) => void,
): Promise<boolean> {
  const status = await statusOf(options);
  const { cache, diskBuilt, holder, machine } = status;
  if (tell) tell(status);
  else {
    log(`lab: cache ${cache}`);
    log(`lab: disk ${diskBuilt ? 'built' : 'not built'}`);
    if (holder) log(`lab: in use by process ${holder.pid} (${holder.purpose})`);
    for (const line of machineLines(machine)) log(line);
  }
  return machine?.trouble === null;
}

function machineLines(machine: Awaited<ReturnType<typeof statusOf>>['machine']): string[] {
  if (machine === null) return ['lab: down'];
  const { startedAt, qemu, kernel, server, stays, trouble } = machine;
  return [
    `lab: ${versionsText(machine)} since ${startedAt}, QEMU ${qemu.version} pid ${qemu.pid}, kernel ${kernel}`,
    `lab: server ${server}${stays ? '' : ' (goes down with the run that started it)'}`,
    trouble === null ? 'lab: up and well' : `lab: not well: ${trouble}`,
  ];
}

/** Does `boxcheck lab logs`: prints the ends of the console and, while it is up, of the servers' logs. */
export async function labLogs(options: LabOptions, log: Log): Promise<void> {
  const paths = labPaths(options.cacheDir);
  const print = (title: string, text: string) => {
    log(`==> ${title}`);
    for (const line of text.trimEnd().split('\n')) log(line);
  };
  print('console of the machine before', await tailOf(paths.lastConsole, LOG_TAIL_BYTES));
  print('console', await tailOf(paths.console, LOG_TAIL_BYTES));
  const state = await readState(paths.state);
  if (state === null) return;
  const argv = ['sh', '-c', `tail -c ${LOG_TAIL_BYTES} /var/log/boxcheck/serve-*.log`];
  const done = await runInside(sshPlace(state.sshPort, paths), argv, { timeoutMs: 20_000 });
  print('boxlite serve', done.out.toString());
}
