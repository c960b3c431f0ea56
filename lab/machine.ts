import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { lstat, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import type { Log } from '../domain/log.ts';
import { tailOf } from '../files/tail.ts';
import { readProcess, signalProcess, stillRuns } from '../machine/process.ts';
import { lookUntil } from '../machine/until.ts';
import type { Built } from './build/index.ts';
import { call, LabError, tryCall } from './call.ts';
import { connect } from './connection.ts';
import { wedgedLine } from './heartbeat.ts';
import type { LabPaths } from './paths.ts';
import { qemuArgs, qemuConfig } from './qemu.ts';
import { commandArgv, controlArgv, knownHostsLine, type SshPlace, sshPlace } from './ssh.ts';
import { type LabState, markOf, type ProcessMark, readState, writeState } from './state.ts';
import { timed } from './timed.ts';

/** Boots tried before a lab is given up. */
const BOOT_ATTEMPTS = 3;

/**
 * Boots a machine with a fresh overlay and waits until ssh and the server answer. What was up before is ended.
 * @throws LabError with the end of the console when none of several attempts came up
 */
export async function bootMachine(built: Built, keep: boolean, paths: LabPaths, log: Log): Promise<LabState> {
  for (let attempt = 1; ; attempt++) {
    await stopMachine(paths);
    try {
      return await timed(log, 'boot', () => bootOnce(built, keep, paths));
    } catch (error) {
      const text = await tailOf(paths.console, 2_000);
      await stopMachine(paths);
      if (!(error instanceof LabError)) throw error;
      if (attempt === BOOT_ATTEMPTS)
        throw text === '' ? error : new LabError(`${error.message}\nend of the console:\n${text}`);
      log(`lab: boot: attempt ${attempt} failed: ${error.message}`);
    }
  }
}

async function bootOnce(built: Built, keep: boolean, paths: LabPaths): Promise<LabState> {
  await mkdir(paths.run, { recursive: true, mode: 0o700 });
  await ownDirectory(paths.control);
  const state = await startQemu(built, keep, paths);
  writeState(paths.state, state);
  const place = sshPlace(state.sshPort, paths);
  await writeFile(place.knownHosts, knownHostsLine(await readFile(join(paths.keys, 'host.pub'), 'utf8')));
  await untilBooted(state.qemu, paths.console);
  await connect(place);
  await untilReady(place, state.servePort);
  return state;
}

/** In a directory anybody may write to, a name can be taken: by somebody who would then sit in the connection. */
async function ownDirectory(dir: string): Promise<void> {
  await mkdir(dir, { recursive: true, mode: 0o700 });
  const found = await lstat(dir);
  if (found.isDirectory() && found.uid === process.getuid?.() && (found.mode & 0o077) === 0) return;
  throw new LabError(`${dir} belongs to somebody else or is open to others: remove it`);
}

async function startQemu(built: Built, keep: boolean, paths: LabPaths): Promise<LabState> {
  const overlay = ['qemu-img', 'create', '-q', '-f', 'qcow2', '-F', 'raw', '-b', paths.disk, paths.overlay];
  await call(overlay, { timeoutMs: 30_000 });
  const [sshPort = 0, servePort = 0] = await freePorts(2);
  const apiKey = randomBytes(16).toString('hex');
  await writeFile(paths.qemuConfig, qemuConfig(apiKey), { mode: 0o600 });
  const argv = qemuArgs(paths, { version: built.version, sshPort, servePort });
  await call(['qemu-system-x86_64', ...argv], { timeoutMs: 60_000 });
  const qemu = markOf(Number(await readFile(paths.pidFile, 'utf8')));
  if (qemu === null) throw new LabError('QEMU ended right after its start');
  const told = await call(['qemu-system-x86_64', '--version'], { timeoutMs: 10_000 });
  return {
    ...{ format: 1, ...built, qemu, sshPort, servePort, apiKey, keep },
    startedAt: new Date().toISOString(),
    qemuVersion: /version (\S+)/.exec(told)?.[1] ?? 'unknown',
    kernel: (await readFile(join(paths.boot, 'release'), 'utf8')).trim(),
  };
}

/** Finds different ports of the loopback that are free now; QEMU says so if they are not any more. */
async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer().listen(0, '127.0.0.1'));
  await Promise.all(servers.map((server) => once(server, 'listening')));
  const ports = servers.map((server) => (server.address() as AddressInfo).port);
  for (const server of servers) await server[Symbol.asyncDispose]();
  return ports;
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

/** From the first ssh connection until the server answers; it starts while that is made. */
const READY_MS = 30_000;

/** Waits for the idle VM to be held and the server to answer its one public route. @throws LabError */
async function untilReady(place: SshPlace, servePort: number): Promise<void> {
  const held = commandArgv(place, ['test', '-e', '/run/boxcheck/holder']);
  const lackOf = async () => {
    if ((await tryCall(held, { timeoutMs: 15_000 })).exit !== 0) return 'has no usable /dev/kvm inside';
    return (await serves(servePort)) ? null : 'has a boxlite serve that does not answer';
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

/** Ends the machine that is up, if one is, and removes all of its files. Whether there was one. */
export async function stopMachine(paths: LabPaths): Promise<boolean> {
  const qemu = await machineProcess(paths);
  await tryCall(controlArgv(sshPlace(1, paths), 'exit'), { timeoutMs: 5_000 });
  if (qemu !== null) await killProcess(qemu);
  await rename(paths.console, paths.lastConsole).catch(() => {});
  for (const dir of [paths.run, paths.control]) await rm(dir, { recursive: true, force: true });
  return qemu !== null;
}

/** QEMU of this lab, if it runs: by its state, or by its pid file when it was started and never noted. */
async function machineProcess(paths: LabPaths): Promise<ProcessMark | null> {
  const state = await readState(paths.state);
  if (state !== null) return stillRuns(state.qemu) ? state.qemu : null;
  const pid = Number(await readFile(paths.pidFile, 'utf8').catch(() => ''));
  const isOurs = pid > 0 && readProcess(pid)?.argv.some((word) => word.includes(paths.overlay));
  return isOurs ? markOf(pid) : null;
}

/** A killed process is gone at once; one that is not sits in the host's kernel, and no waiting will help. */
const KILLED_MS = 10_000;

/** Kills a marked process (nothing that the machine has written is kept) and waits until it is gone. @throws LabError */
export async function killProcess(mark: ProcessMark): Promise<void> {
  signalProcess(mark, 'SIGKILL');
  if (await lookUntil(() => !stillRuns(mark), KILLED_MS)) return;
  throw new LabError(`process ${mark.pid} does not go, though it was killed`);
}
