import { rmSync } from 'node:fs';
import { execa } from 'execa';
import { signalProcess } from './process.ts';
import type { Trace } from './trace.ts';

/** Unmounting is immediate, or it waits for a dead file server. */
const UMOUNT_MS = 5_000;

/**
 * Removes one thing by force: kills, unmounts, deletes. A port goes with its process. Never throws; what could
 * not be removed is still there at the next look.
 */
export async function removeTrace(trace: Trace): Promise<void> {
  if (trace.kind === 'process') signalProcess(trace.process, 'SIGKILL');
  if (trace.kind === 'mount') await unmount(trace.path);
  if (trace.kind === 'path') removePath(trace.path);
}

/** Detaches a mount, busy or not; without the right to do so the mount stays. */
export async function unmount(path: string): Promise<void> {
  await execa('umount', ['-l', path], { reject: false, stdio: 'ignore', timeout: UMOUNT_MS });
}

/** Deletes a path with everything below it; never throws. */
export function removePath(path: string): void {
  try {
    rmSync(path, { recursive: true, force: true, maxRetries: 3 });
  } catch {}
}
