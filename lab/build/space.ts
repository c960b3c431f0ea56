import { accessSync, constants, mkdirSync, statfsSync } from 'node:fs';
import { LabError } from '../error.ts';

/** Disks and tars without the CLI build. */
export const DISKS_MIN_BYTES = 2 * 1024 ** 3;
/** The cargo target directory alone takes about 2 GB. */
export const CARGO_MIN_BYTES = 4 * 1024 ** 3;

/**
 * Makes the cache directory and checks that it can be used.
 * @throws LabError when it cannot be written, or when less than `needBytes` is free.
 */
export function demandSpace(cacheDir: string, needBytes: number): void {
  try {
    mkdirSync(cacheDir, { recursive: true });
    accessSync(cacheDir, constants.W_OK | constants.X_OK);
  } catch (error) {
    throw new LabError(
      `the cache directory ${cacheDir} cannot be written (${(error as Error).message}): ` +
        'set XDG_CACHE_HOME, or give another with --cache-dir DIR',
    );
  }
  const { bavail, bsize } = statfsSync(cacheDir);
  const refusal = spaceRefusal(cacheDir, bavail * bsize, needBytes);
  if (refusal !== null) throw new LabError(refusal);
}

/** null: enough is free. */
export function spaceRefusal(dir: string, freeBytes: number, needBytes: number): string | null {
  if (freeBytes >= needBytes) return null;
  const gb = (bytes: number) => (bytes / 1024 ** 3).toFixed(1);
  return `${dir} has ${gb(freeBytes)} GB free, the lab needs ${gb(needBytes)} GB there: free some, or set XDG_CACHE_HOME to a larger disk`;
}
