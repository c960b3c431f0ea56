import type { Log } from '../domain/log.ts';
import { stillRuns } from '../machine/process.ts';
import { type Built, buildAll, type LabOptions } from './build/index.ts';
import type { Called } from './call.ts';
import { type InsideOptions, runInside } from './connection.ts';
import { heartbeat, troubleOf } from './heartbeat.ts';
import { takeLock } from './lock.ts';
import { bootMachine, stopMachine } from './machine.ts';
import { type LabPaths, labPaths } from './paths.ts';
import { commandArgv, sshPlace } from './ssh.ts';
import { type LabState, readState, writeState } from './state.ts';

/** Homes in the guest: short, because sockets live below them. A server and a local CLI cannot share one. */
export const CLI_HOME = '/h/c';
export const SERVE_HOME = '/h/s';
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
  const place = () => sshPlace(state.sshPort, paths);
  return {
    paths,
    /** Another one after `restart`; its `boxlite` is this machine's own binary, for `--url`. */
    get state() {
      return state;
    },
    /** `http://127.0.0.1:PORT`. Another one after `restart`. */
    get serveUrl() {
      return `http://127.0.0.1:${state.servePort}`;
    },
    get apiKey() {
      return state.apiKey;
    },
    /** Command of this machine that runs `argv` in the guest; stdin, stdout and stderr are its own. */
    sshArgv: (argv: readonly string[]): string[] => commandArgv(place(), argv),
    /** Runs a program in the guest. @throws LabError when the guest cannot be reached, or not in time */
    run: (argv: readonly string[], options: InsideOptions): Promise<Called> =>
      runInside(place(), argv, options),
    /** @throws LabError saying in what way the guest is lost */
    heartbeat: () => heartbeat(state, paths),
    /** Ends the machine and boots it from a clean disk. */
    restart: async () => {
      state = await bootMachine(built, state.keep, paths, log);
    },
    /** Gives the lab back: a machine that was started to stay does, any other goes down. */
    close: async () => {
      try {
        if (!state.keep) await stopMachine(paths);
      } finally {
        giveBack();
      }
    },
  };
}
