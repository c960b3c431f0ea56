import { randomBytes } from 'node:crypto';
import { lstat, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { tailOf } from '../files/tail.ts';
import { lookUntil } from '../machine/until.ts';
import type { Built } from './build/index.ts';
import { call } from './call.ts';
import { LabError } from './error.ts';
import { BOOT_ATTEMPTS, BOOT_MS, CPUS, MEMORY_MIB } from './limits.ts';
import { type Log, secondsSince } from './log.ts';
import type { LabPaths } from './paths.ts';
import { freePorts } from './ports.ts';
import { isAlive, markOf, type ProcessMark } from './process.ts';
import { connect, untilReady } from './ready.ts';
import { knownHostsLine, sshPlace } from './ssh.ts';
import { type LabState, writeState } from './state.ts';
import { stopMachine } from './stop.ts';
import { BOOTED_LINE, wedgedLine } from './vm/console.ts';
import { qemuArgs } from './vm/qemu.ts';

/**
 * Boots a machine with a fresh overlay and waits until ssh and the server answer. What was up before is ended.
 * @throws LabError with the end of the console when none of several attempts came up
 */
export async function bootMachine(built: Built, keep: boolean, paths: LabPaths, log: Log): Promise<LabState> {
  for (let attempt = 1; ; attempt++) {
    await stopMachine(paths);
    try {
      return await bootOnce(built, keep, paths, log);
    } catch (error) {
      const text = await tailOf(paths.console, 2_000);
      await stopMachine(paths);
      if (attempt === BOOT_ATTEMPTS || !(error instanceof LabError)) throw withConsole(error, text);
      log(`lab: boot: attempt ${attempt} failed: ${error.message}`);
    }
  }
}

const withConsole = (error: unknown, text: string) =>
  error instanceof LabError && text !== ''
    ? new LabError(`${error.message}\nend of the console:\n${text}`)
    : error;

async function bootOnce(built: Built, keep: boolean, paths: LabPaths, log: Log): Promise<LabState> {
  const startedMs = Date.now();
  log('lab: boot …');
  await mkdir(paths.run, { recursive: true, mode: 0o700 });
  await ownDirectory(paths.control);
  const state = await startQemu(built, keep, paths);
  writeState(paths.state, state);
  const place = sshPlace(state.sshPort, paths.keys, paths.control);
  await writeFile(place.knownHosts, knownHostsLine(await readFile(join(paths.keys, 'host.pub'), 'utf8')));
  await untilBooted(state.qemu, paths.console);
  await connect(place);
  await untilReady(place, state.servePort);
  log(`lab: boot done in ${secondsSince(startedMs)}`);
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
  const argv = qemuArgs({
    ...{ vmlinuz: join(paths.boot, 'vmlinuz'), initramfs: join(paths.boot, 'initramfs') },
    ...{ overlay: paths.overlay, payload: paths.payload(built.version) },
    ...{ console: paths.console, pidFile: paths.pidFile },
    ...{ sshPort, servePort, apiKey, memoryMiB: MEMORY_MIB, cpus: CPUS },
  });
  await call(['qemu-system-x86_64', ...argv], { timeoutMs: 60_000 });
  const pid = Number(await readFile(paths.pidFile, 'utf8'));
  const qemu = markOf(pid);
  if (qemu === null) throw new LabError('QEMU ended right after its start');
  const told = await call(['qemu-system-x86_64', '--version'], { timeoutMs: 10_000 });
  return {
    ...{ format: 1, version: built.version, runtime: built.runtime, boxlite: built.boxlite },
    ...{ payload: built.payload, qemu, sshPort, servePort, apiKey, keep },
    startedAt: new Date().toISOString(),
    qemuVersion: /version (\S+)/.exec(told)?.[1] ?? 'unknown',
    kernel: (await readFile(join(paths.boot, 'release'), 'utf8')).trim(),
  };
}

async function untilBooted(qemu: ProcessMark, consoleFile: string): Promise<void> {
  const booted = await lookUntil(
    async () => {
      const text = await readFile(consoleFile, 'utf8').catch(() => '');
      if (text.includes(BOOTED_LINE)) return true;
      const wedged = wedgedLine(text);
      if (wedged !== null) throw new LabError(`the lab's kernel failed while it booted: ${wedged}`);
      if (!isAlive(qemu)) throw new LabError('QEMU ended while the lab booted');
      return false;
    },
    (is) => is,
    BOOT_MS,
  );
  if (!booted) throw new LabError(`the lab did not boot within ${BOOT_MS / 1000} s`);
}
