import { readFileSync } from 'node:fs';
import { readFile, rename, rm } from 'node:fs/promises';
import { tryCall } from './call.ts';
import { QEMU_GRACE_MS } from './limits.ts';
import type { LabPaths } from './paths.ts';
import { endProcess, isAlive, markOf, type ProcessMark } from './process.ts';
import { controlArgv, sshPlace } from './ssh.ts';
import { readState } from './state.ts';

/** Ends the machine that is up, if one is, and removes all of its files. Whether there was one. */
export async function stopMachine(paths: LabPaths): Promise<boolean> {
  const qemu = await machineProcess(paths);
  await tryCall(controlArgv(sshPlace(1, paths.keys, paths.control), 'exit'), { timeoutMs: 5_000 });
  if (qemu !== null) await endProcess(qemu, QEMU_GRACE_MS);
  await rename(paths.console, paths.lastConsole).catch(() => {});
  await rm(paths.run, { recursive: true, force: true });
  await rm(paths.control, { recursive: true, force: true });
  return qemu !== null;
}

/** QEMU of this lab, if it runs: by its state, or by its pid file when it was started and never noted. */
async function machineProcess(paths: LabPaths): Promise<ProcessMark | null> {
  const state = await readState(paths.state);
  if (state !== null) return isAlive(state.qemu) ? state.qemu : null;
  const pid = Number(await readFile(paths.pidFile, 'utf8').catch(() => ''));
  const mark = pid > 0 ? markOf(pid) : null;
  return mark !== null && commandLine(pid).includes(paths.overlay) ? mark : null;
}

function commandLine(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return '';
  }
}
