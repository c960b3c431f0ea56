import { readFile, rename, rm } from 'node:fs/promises';
import { readProcess, signalProcess, stillRuns } from '../machine/process.ts';
import { lookUntil } from '../machine/until.ts';
import { tryCall } from './call.ts';
import type { LabPaths } from './paths.ts';
import { controlArgv, sshPlace } from './ssh.ts';
import { markOf, type ProcessMark, readState } from './state.ts';

/** QEMU's own time to go away after TERM. */
const QEMU_GRACE_MS = 3_000;

/** Ends the machine that is up, if one is, and removes all of its files. Whether there was one. */
export async function stopMachine(paths: LabPaths): Promise<boolean> {
  const qemu = await machineProcess(paths);
  await tryCall(controlArgv(sshPlace(1, paths), 'exit'), { timeoutMs: 5_000 });
  if (qemu !== null) await endProcess(qemu, QEMU_GRACE_MS);
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

/** Ends a marked process: TERM, and KILL when `graceMs` later it is still there. Resolves when it is gone. */
export async function endProcess(mark: ProcessMark, graceMs: number): Promise<void> {
  const gone = (deadlineMs: number) => lookUntil(() => !stillRuns(mark), deadlineMs);
  signalProcess(mark, 'SIGTERM');
  if (await gone(graceMs)) return;
  signalProcess(mark, 'SIGKILL');
  await gone(Number.POSITIVE_INFINITY);
}
