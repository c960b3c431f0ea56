import { open, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { FileError, readText } from './json.ts';
import { makeDirectory, writeAtomic } from './write.ts';

/** A change takes milliseconds: a lock that is older than this was left by a process that is gone. */
const STALE_MS = 10_000;
const PAUSE_MS = 20;

/**
 * Changes a file that several processes change: each sees what the one before has written, so none is lost. `change`
 * is given the text as it stands, null where there is no file.
 * @throws FileError where another process keeps it for too long, and whatever keeps the file from being written
 */
export async function changeShared(file: string, change: (text: string | null) => string): Promise<void> {
  await makeDirectory(dirname(file));
  const lock = `${file}.lock`;
  await take(lock);
  try {
    const there = await stat(file).catch(() => null);
    await writeAtomic(file, change(there ? await readText(file) : null));
  } finally {
    await rm(lock, { force: true });
  }
}

async function take(lock: string): Promise<void> {
  for (const beganMs = Date.now(); Date.now() - beganMs < 2 * STALE_MS; ) {
    try {
      return await (await open(lock, 'wx')).close();
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    const held = await stat(lock).catch(() => null);
    if (held && Date.now() - held.mtimeMs > STALE_MS) await rm(lock, { force: true });
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
  throw new FileError(`${lock}: another run keeps it; delete it if none is there`);
}
