import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { lstat, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { readProcess, signalProcess, stillRuns } from '../machine/process.ts';
import { lookUntil } from '../machine/until.ts';
import type { Built } from './build/index.ts';
import { call, LabError, tryCall } from './call.ts';
import { LAB_LANES } from './lanes.ts';
import type { LabPaths } from './paths.ts';
import { qemuArgs, qemuConfig } from './qemu.ts';
import type { Snapshot } from './snapshot.ts';
import { controlArgv, knownHostsLine, sshPlace } from './ssh.ts';
import { type LabState, markOf, type ProcessMark, readState, writeState } from './state.ts';

/** In a directory anybody may write to, a name can be taken: by somebody who would then sit in the connection. */
async function ownDirectory(dir: string): Promise<void> {
  await mkdir(dir, { recursive: true, mode: 0o700 });
  const found = await lstat(dir);
  if (found.isDirectory() && found.uid === process.getuid?.() && (found.mode & 0o077) === 0) return;
  throw new LabError(`${dir} belongs to somebody else or is open to others: remove it`);
}

/** Starts QEMU with a boot, or with a machine that has booted. */
export async function startQemu(
  built: Built,
  keep: boolean,
  paths: LabPaths,
  from?: Snapshot,
): Promise<LabState> {
  await mkdir(paths.run, { recursive: true, mode: 0o700 });
  await ownDirectory(paths.control);
  const below = from ? ['-F', 'qcow2', '-b', from.overlay] : ['-F', 'raw', '-b', paths.disk];
  await call(['qemu-img', 'create', '-q', '-f', 'qcow2', ...below, paths.overlay], { timeoutMs: 30_000 });
  const [sshPort = 0, ...servePorts] = await freePorts(1 + LAB_LANES);
  const apiKey = from?.apiKey ?? randomBytes(16).toString('hex');
  await writeFile(paths.qemuConfig, qemuConfig(apiKey), { mode: 0o600 });
  const argv = qemuArgs(paths, { version: built.version, sshPort, servePorts }, from?.command);
  await call(['qemu-system-x86_64', ...argv], { timeoutMs: 60_000 });
  const qemu = markOf(Number(await readFile(paths.pidFile, 'utf8')));
  if (qemu === null) throw new LabError('QEMU ended right after its start');
  const state: LabState = {
    ...{ format: 1, ...built, qemu, sshPort, servePorts, apiKey, keep },
    startedAt: new Date().toISOString(),
    qemuVersion: await qemuVersion(),
    kernel: (await readFile(join(paths.boot, 'release'), 'utf8')).trim(),
  };
  writeState(paths.state, state);
  const place = sshPlace(sshPort, paths);
  await writeFile(place.knownHosts, knownHostsLine(await readFile(join(paths.keys, 'host.pub'), 'utf8')));
  return state;
}

/** Gives the version of QEMU on this machine. */
export async function qemuVersion(): Promise<string> {
  const told = await call(['qemu-system-x86_64', '--version'], { timeoutMs: 10_000 });
  return /version (\S+)/.exec(told)?.[1] ?? 'unknown';
}

/** Finds different ports of the loopback that are free now; QEMU says so if they are not any more. */
async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer().listen(0, '127.0.0.1'));
  await Promise.all(servers.map((server) => once(server, 'listening')));
  const ports = servers.map((server) => (server.address() as AddressInfo).port);
  for (const server of servers) await server[Symbol.asyncDispose]();
  return ports;
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
