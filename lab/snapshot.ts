import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { quote } from '../domain/quote.ts';
import { stillRuns } from '../machine/process.ts';
import { lookUntil } from '../machine/until.ts';
import type { Built } from './build/index.ts';
import { readStamp, type Step } from './build/step.ts';
import { LabError } from './call.ts';
import type { LabPaths } from './paths.ts';
import { qemuArgs, qemuConfig } from './qemu.ts';
import { onMonitor } from './qmp.ts';
import type { LabState } from './state.ts';

/** A Snapshot is a machine as it was right after a boot, with its servers up: memory, devices, and disk. */
export interface Snapshot {
  /** Command of this machine that writes memory and devices to its output. */
  readonly command: string;
  /** Disk; nothing must write to it any more. */
  readonly overlay: string;
  /** Of the servers, which keep the one they were started with. */
  readonly apiKey: string;
}

const inDir = (dir: string) => ({
  ram: join(dir, 'ram'),
  overlay: join(dir, 'overlay.qcow2'),
  key: join(dir, 'key'),
});

/**
 * Makes the step that boots a machine and freezes it. QEMU reads a snapshot only with the same devices, memory and
 * version as it was written with.
 * @param boot starts a machine and waits until it is ready
 */
export async function snapshotStep(
  built: Built,
  qemuVersion: string,
  paths: LabPaths,
  boot: () => Promise<LabState>,
): Promise<Step> {
  const stampOf = async (output: string) => (await readStamp(output))?.digest ?? '';
  return {
    name: 'snapshot of a machine that has booted',
    output: paths.snapshot(built.version),
    inputs: {
      payload: built.payload,
      disk: await stampOf(paths.disk),
      boot: await stampOf(paths.boot),
      qemu: qemuVersion,
      arguments: qemuArgs(paths, { version: built.version, sshPort: 0, servePorts: [] }).join(' '),
      config: qemuConfig(''),
      layout: '1',
    },
    make: async (temp) => {
      const { apiKey, qemu } = await boot();
      await mkdir(temp, { mode: 0o700 });
      const { ram, overlay, key } = inDir(temp);
      await freeze(paths.monitor, ram);
      if (!(await lookUntil(() => !stillRuns(qemu), QUIT_MS))) throw new LabError('QEMU does not quit');
      await rename(paths.overlay, overlay);
      await writeFile(key, apiKey, { mode: 0o600 });
    },
  };
}

/** Opens what a snapshot step has made. */
export async function openSnapshot(version: string, paths: LabPaths): Promise<Snapshot> {
  const { ram, overlay, key } = inDir(paths.snapshot(version));
  return { command: `cat ${quote(ram)}`, overlay, apiKey: await readFile(key, 'utf8') };
}

/** Throws a snapshot away that did not come to life. */
export const dropSnapshot = (version: string, paths: LabPaths): Promise<void> =>
  rm(paths.snapshot(version), { recursive: true, force: true });

/** Writing the memory of a machine that has just booted: a few hundred MiB. */
const FREEZE_MS = 60_000;
const BYTES_PER_SECOND = 4 * 1024 ** 3;
/** For the end of the last ssh connection to arrive in the guest. */
const HANG_UP_MS = 500;

/** For QEMU to write what it holds of the disk, and to end. */
const QUIT_MS = 20_000;

const statusSchema = z.object({ status: z.string().optional() });

/**
 * Writes the memory and devices of a machine to a file, with which it stops, and ends it; its disk is complete then.
 * One that was stopped before would be stopped still when it goes on.
 */
async function freeze(monitor: string, file: string): Promise<void> {
  await pause(HANG_UP_MS);
  const status = await onMonitor(monitor, FREEZE_MS, async (execute) => {
    await execute('migrate-set-parameters', { 'max-bandwidth': BYTES_PER_SECOND });
    await execute('migrate', { uri: `exec:cat >${quote(file)}` });
    const look = async () => statusSchema.parse(await execute('query-migrate')).status ?? 'setup';
    const end = await lookUntil(look, FREEZE_MS, (now) => now === 'completed' || now === 'failed');
    await execute('quit');
    return end;
  });
  if (status !== 'completed') throw new LabError(`QEMU could not write the snapshot: ${status}`);
}
