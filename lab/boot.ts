import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Log } from '../domain/log.ts';
import { tailOf } from '../files/tail.ts';
import { stillRuns } from '../machine/process.ts';
import { lookUntil } from '../machine/until.ts';
import type { Built } from './build/index.ts';
import { runStep } from './build/step.ts';
import { LabError, tryCall } from './call.ts';
import { connect } from './connection.ts';
import { wedgedLine } from './heartbeat.ts';
import { runInside } from './inside.ts';
import { qemuVersion, startQemu, stopMachine } from './machine.ts';
import type { LabPaths } from './paths.ts';
import { dropSnapshot, openSnapshot, type Snapshot, snapshotStep } from './snapshot.ts';
import { commandArgv, controlArgv, type SshPlace, sshPlace } from './ssh.ts';
import type { LabState, ProcessMark } from './state.ts';
import { timed } from './timed.ts';

/** Boots tried before a lab is given up. */
const BOOT_ATTEMPTS = 3;

/**
 * Brings up a machine with a fresh overlay and waits until ssh and the servers answer. What was up before is ended. It
 * goes on from a snapshot, which is made where there is none; where that does not come up, it boots.
 * @throws LabError with the end of the console when none of several attempts came up
 */
export async function bootMachine(built: Built, keep: boolean, paths: LabPaths, log: Log): Promise<LabState> {
  for (let attempt = 1; ; attempt++) {
    await stopMachine(paths);
    try {
      if (attempt > 1) return await timed(log, 'boot', () => bootOnce(built, keep, paths));
      const snapshot = await freshSnapshot(built, paths, log);
      return await timed(log, 'restore', () => restoreOnce(snapshot, built, keep, paths));
    } catch (error) {
      const text = await tailOf(paths.console, 2_000);
      await stopMachine(paths);
      if (!(error instanceof LabError)) throw error;
      if (attempt === 1) await dropSnapshot(built.version, paths);
      if (attempt === BOOT_ATTEMPTS)
        throw text === '' ? error : new LabError(`${error.message}\nend of the console:\n${text}`);
      log(`lab: boot: attempt ${attempt} failed: ${error.message}`);
    }
  }
}

async function freshSnapshot(built: Built, paths: LabPaths, log: Log): Promise<Snapshot> {
  const boot = async (): Promise<LabState> => {
    const state = await bootOnce(built, false, paths);
    // No session of this machine may be in the snapshot.
    await tryCall(controlArgv(sshPlace(state.sshPort, paths), 'exit'), { timeoutMs: 5_000 });
    return state;
  };
  await runStep(await snapshotStep(built, await qemuVersion(), paths, boot), log);
  await stopMachine(paths);
  return openSnapshot(built.version, paths);
}

async function bootOnce(built: Built, keep: boolean, paths: LabPaths): Promise<LabState> {
  const state = await startQemu(built, keep, paths);
  const place = sshPlace(state.sshPort, paths);
  await untilBooted(state.qemu, paths.console);
  await connect(place);
  await untilReady(place, state.servePorts);
  return state;
}

/** From the start of QEMU to the first sign of life: reads a few hundred MiB. */
const RESTORE_MS = 20_000;

/**
 * Its clock still shows the time of the snapshot, and its random numbers would be the same each time: it gets both.
 * perl's ioctl is RNDRESEEDCRNG.
 */
const WAKE = `date -s "@$1" && perl -e 'open my $r, "+<", "/dev/urandom"; syswrite $r, <STDIN>; ioctl $r, 0x5207, 0'`;
const WAKE_MS = 10_000;

async function restoreOnce(
  snapshot: Snapshot,
  built: Built,
  keep: boolean,
  paths: LabPaths,
): Promise<LabState> {
  const state = await startQemu(built, keep, paths, snapshot);
  const place = sshPlace(state.sshPort, paths);
  if (!(await lookUntil(async () => (await tailOf(paths.pulse, 1)) !== '', RESTORE_MS)))
    throw new LabError(`the snapshot gave no sign of life within ${RESTORE_MS / 1000} s`);
  await connect(place);
  const argv = ['sh', '-c', WAKE, 'wake', (Date.now() / 1000).toFixed(3)];
  const woken = await runInside(place, argv, { timeoutMs: WAKE_MS, stdin: randomBytes(64) });
  if (woken.exit !== 0)
    throw new LabError(`the snapshot's clock cannot be set: ${woken.err.toString().trim()}`);
  await untilReady(place, state.servePorts);
  return state;
}

/** Printed by the guest when its services are about to start. */
const BOOTED_LINE = 'boxcheck: booted';
/** Power on to that line: many times what a quiet machine needs. */
const BOOT_MS = 60_000;

async function untilBooted(qemu: ProcessMark, consoleFile: string): Promise<void> {
  const booted = await lookUntil(async () => {
    const text = await readFile(consoleFile, 'utf8').catch(() => '');
    if (text.includes(BOOTED_LINE)) return true;
    const wedged = wedgedLine(text);
    if (wedged !== null) throw new LabError(`the lab's kernel failed while it booted: ${wedged}`);
    if (!stillRuns(qemu)) throw new LabError('QEMU ended while the lab booted');
    return false;
  }, BOOT_MS);
  if (!booted) throw new LabError(`the lab did not boot within ${BOOT_MS / 1000} s`);
}

/** From the first ssh connection until the servers answer; they start while that is made. */
const READY_MS = 30_000;

/** Waits for the idle VM to be held and each server to answer its one public route. @throws LabError */
async function untilReady(place: SshPlace, servePorts: readonly number[]): Promise<void> {
  const held = commandArgv(place, ['test', '-e', '/run/boxcheck/holder']);
  const lackOf = async () => {
    if ((await tryCall(held, { timeoutMs: 15_000 })).exit !== 0) return 'has no usable /dev/kvm inside';
    const up = await Promise.all(servePorts.map(serves));
    return up.every(Boolean) ? null : 'has a boxlite serve that does not answer';
  };
  const lack = await lookUntil(lackOf, READY_MS, (what) => what === null);
  if (lack !== null) throw new LabError(`the lab ${lack}`);
}

async function serves(port: number): Promise<boolean> {
  try {
    const answer = await fetch(`http://127.0.0.1:${port}/v1/config`, { signal: AbortSignal.timeout(5_000) });
    await answer.arrayBuffer();
    return answer.ok;
  } catch {
    return false;
  }
}
