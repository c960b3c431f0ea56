import { existsSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { InfrastructureError } from '../../infrastructure-error.ts';

/** With less, a failing write is the disk's fault and not the runtime's. */
const FREE_BYTES = 64 * 1024 * 1024;

/**
 * Says whether this machine can still carry a run: its directory is there and the disk below it has room.
 * @throws InfrastructureError that says what is short.
 */
export async function checkMachine(root: string): Promise<void> {
  if (!existsSync(root)) throw new InfrastructureError(`the run's directory ${root} has disappeared`);
  const { bavail, bsize } = await statfs(root);
  const freeBytes = bavail * bsize;
  if (freeBytes < FREE_BYTES) {
    const mib = Math.floor(freeBytes / 1024 / 1024);
    throw new InfrastructureError(
      `the disk of ${root} is full: ${mib} MiB left, ${FREE_BYTES / 1024 / 1024} wanted`,
    );
  }
}
