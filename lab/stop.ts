import { readFile, rename, rm } from 'node:fs/promises';
import { readProcess, stillRuns } from '../machine/process.ts';
import { tryCall } from './call.ts';
import { QEMU_GRACE_MS } from './limits.ts';
import type { LabPaths } from './paths.ts';
import { endProcess, markOf, type ProcessMark } from './process.ts';
import { controlArgv, sshPlace } from './ssh.ts';
import { readState } from './state.ts';

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
