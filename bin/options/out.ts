import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { writeAtomic } from '../../files/write.ts';
import { UsageError } from '../cli/errors.ts';

/**
 * Makes the directory for everything that a run leaves behind, and writes a file of some size there: a night must not
 * end with nothing kept.
 * @throws UsageError that names the flag and what keeps it from being written to
 */
export async function checkOut(out: string): Promise<void> {
  const trial = join(out, 'runs', `.trial-${process.pid}`);
  try {
    await writeAtomic(trial, 'x'.repeat(64 << 10));
  } catch (error) {
    throw new UsageError(
      `--out ${out}: ${(error as Error).message}; give a directory that can be written to`,
    );
  } finally {
    await rm(trial, { force: true }).catch(() => {});
  }
}
