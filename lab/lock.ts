import { linkSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';
import { readJsonSync } from '../files/json.ts';
import { stillRuns } from '../machine/process.ts';
import { LabError } from './call.ts';
import { markOf, type ProcessMark, processMarkSchema } from './state.ts';

/**
 * Takes the lock of the one process that builds, starts, stops or drives the lab. One left by a process that is dead is
 * taken over.
 * @returns what gives it back
 * @throws LabError naming the process that has it
 */
export function takeLock(file: string, purpose: string): () => void {
  mkdirSync(dirname(file), { recursive: true });
  const mine = { ...(markOf(process.pid) as ProcessMark), purpose };
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, JSON.stringify(mine));
  try {
    // Twice: once against a lock that is stale, once more against somebody who took it over at the same moment.
    for (let attempt = 0; attempt < 3; attempt++) {
      if (linked(draft, file)) return () => release(file);
      const holder = holderOf(file);
      if (holder !== null && stillRuns(holder)) throw new LabError(busyText(holder, file));
      setAside(file, holder);
    }
  } finally {
    rmSync(draft, { force: true });
  }
  throw new LabError(`the lab's lock ${file} changes hands too fast: try again`);
}

/** Does something while the lock is held. @throws LabError naming the process that has it */
export async function holding<T>(file: string, purpose: string, work: () => Promise<T>): Promise<T> {
  const giveBack = takeLock(file, purpose);
  return work().finally(giveBack);
}

/** Says who has the lock, if a live process does. */
export function lockHolder(file: string): { pid: number; purpose: string } | null {
  const holder = holderOf(file);
  return holder !== null && stillRuns(holder) ? holder : null;
}

/** A link is made completely or not at all, with its content: no moment in which the lock is empty. */
function linked(draft: string, file: string): boolean {
  try {
    linkSync(draft, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

const holderSchema = processMarkSchema.extend({ purpose: z.string() });

function holderOf(file: string): z.infer<typeof holderSchema> | null {
  try {
    return readJsonSync(file, { schema: holderSchema });
  } catch {
    return null;
  }
}

/** Removes a stale lock, unless somebody else has just replaced it by a fresh one. */
function setAside(file: string, stale: ProcessMark | null): void {
  const aside = `${file}.stale-${process.pid}`;
  try {
    renameSync(file, aside);
  } catch {
    return;
  }
  const moved = holderOf(aside);
  if (moved !== null && moved.pid !== stale?.pid && stillRuns(moved)) renameSync(aside, file);
  else rmSync(aside, { force: true });
}

function release(file: string): void {
  if (holderOf(file)?.pid === process.pid) rmSync(file, { force: true });
}

const busyText = (holder: { pid: number; purpose: string }, file: string) =>
  `the lab is in use by process ${holder.pid} (${holder.purpose}): wait for it, end it, ` +
  `or use a lab of your own with another XDG_CACHE_HOME (lock: ${file})`;
