import { open, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { FileError, readText } from './json.ts';
import { makeDirectory, writeAtomic } from './write.ts';

/** A change takes milliseconds: a lock that is older than this was left by a process that is gone. */
const STALE_MS = 10_000;
const PAUSE_MS = 20;

type Parse<T> = (text: string, file: string) => T;

/**
 * Changes a file that several processes change: each sees what the one before has written, so none is lost. `change`
 * is given what is there, null where nothing is that `parse` can read.
 * @throws FileError where another process keeps it for too long, and whatever keeps the file from being written
 */
export async function changeShared<T>(
  file: string,
  parse: Parse<T>,
  change: (value: T | null) => string,
): Promise<void> {
  await makeDirectory(dirname(file));
  const lock = `${file}.lock`;
  await take(lock);
  try {
    const there = await stat(file).catch(() => null);
    const text = there ? await readText(file) : '';
    await writeAtomic(file, change(readable(file, text, parse)));
  } finally {
    await rm(lock, { force: true });
  }
}

function readable<T>(file: string, text: string, parse: Parse<T>): T | null {
  try {
    return parse(text, file);
  } catch {
    return null;
  }
}

/** What such a file holds; one that cannot be read is set aside, and said: a night must not end for it. */
export async function recallShared<T>(
  file: string,
  parse: Parse<T>,
): Promise<{ readonly value?: T; readonly setAside: string | null }> {
  try {
    if (!(await stat(file).catch(() => null))) return { setAside: null };
    return { value: parse(await readText(file), file), setAside: null };
  } catch (error) {
    const aside = `${file}.${new Date().toISOString().replaceAll(':', '')}`;
    const done = rename(file, aside).then(
      () => `set aside as ${aside}`,
      () => 'left alone',
    );
    return { setAside: `what earlier runs kept is not known: ${(error as Error).message}; ${await done}` };
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
