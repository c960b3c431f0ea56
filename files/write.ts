import { randomBytes } from 'node:crypto';
import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { withoutKeys } from './secret.ts';

/**
 * Writes a file so that a reader, or a run that is killed, sees the old one or the new one and never half of
 * it. Makes the directory when it is missing. Keys and passwords are left out of text.
 */
export async function writeAtomic(file: string, content: string | Uint8Array, mode = 0o644): Promise<void> {
  await makeDirectory(dirname(file));
  const temporary = join(dirname(file), `.${randomBytes(6).toString('hex')}.tmp`);
  try {
    const handle = await open(temporary, 'wx', mode);
    try {
      await handle.writeFile(typeof content === 'string' ? withoutKeys(content) : content);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, file);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

/** Makes a directory with those above it. Node's own `recursive` never returns for a path below /proc. */
export async function makeDirectory(path: string): Promise<void> {
  try {
    await mkdir(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST' && (await stat(path)).isDirectory()) return;
    if (code !== 'ENOENT' || dirname(path) === path) throw error;
    await makeDirectory(dirname(path));
    await mkdir(path).catch(unlessThere);
  }
}

function unlessThere(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EEXIST') throw error;
}

/** Does the same at once for a small note that need not outlive a power cut; its directory is there. */
export function replaceFile(file: string, text: string, mode = 0o644): void {
  writeFileSync(`${file}.part`, text, { mode });
  renameSync(`${file}.part`, file);
}

/** Deletes a path with everything below it; never throws. */
export function removePath(path: string): void {
  try {
    rmSync(path, { recursive: true, force: true, maxRetries: 3 });
  } catch {}
}

/** JSON as people read it: two blanks a level and a newline at the end. */
export const toJson = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

/**
 * Makes a new directory `name` below `parent`, or `name-2`, `name-3` … where that is taken: two findings of
 * one second must not share a folder.
 */
export async function freshDirectory(parent: string, name: string): Promise<string> {
  await makeDirectory(parent);
  for (let attempt = 1; attempt <= 1000; attempt++) {
    const directory = join(parent, attempt === 1 ? name : `${name}-${attempt}`);
    try {
      await mkdir(directory);
      return directory;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
  throw new Error(`${join(parent, name)}: a thousand folders of this name exist already; use another --out`);
}
