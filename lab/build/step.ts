import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { type Log, secondsSince } from '../log.ts';
import { readStamp, stampOf, writeStamp } from './stamp.ts';

/** A Step is one thing the lab is built from: a file or directory with known inputs. */
export interface Step {
  name: string;
  output: string;
  /** Everything the output depends on; another value makes it again. */
  inputs: Record<string, string>;
  /**
   * Makes the output at `temp`, a path that does not exist yet. What it enters in `made` stands in the stamp
   * beside the inputs, for who asks what the output is; it never makes the output again.
   */
  make(temp: string, made: Record<string, string>): Promise<void>;
  /** Whether an output nobody stamped (made by hand, or by an older layout) may be used as it is. */
  adopt?(): Promise<boolean>;
}

/**
 * Brings one output up to date. It is made under another name and renamed, and stamped last, so that a build
 * that is cut off at any point goes on from here the next time.
 */
export async function runStep(step: Step, log: Log): Promise<'fresh' | 'adopted' | 'built'> {
  const wanted = stampOf(step.inputs);
  const found = existsSync(step.output) ? await readStamp(step.output) : null;
  if (found === wanted) return 'fresh';
  if (found === null && existsSync(step.output) && (await step.adopt?.())) {
    writeStamp(step.output, step.inputs);
    return 'adopted';
  }
  log(`lab: ${step.name} …`);
  const startedMs = Date.now();
  const made = {};
  await make(step, made);
  writeStamp(step.output, step.inputs, made);
  log(`lab: ${step.name} done in ${secondsSince(startedMs)}`);
  return 'built';
}

async function make(step: Step, made: Record<string, string>): Promise<void> {
  await mkdir(dirname(step.output), { recursive: true });
  await removeLeftovers(step.output);
  const temp = `${step.output}.part-${process.pid}`;
  try {
    await step.make(temp, made);
    await rm(`${step.output}.stamp`, { force: true });
    await rm(step.output, { recursive: true, force: true });
    await rename(temp, step.output);
  } finally {
    await rm(temp, { recursive: true, force: true });
  }
}

/** Parts of builds that were killed; the lab's lock is held, so nobody is writing them. */
async function removeLeftovers(output: string): Promise<void> {
  const dir = dirname(output);
  for (const name of await readdir(dir)) {
    if (name.startsWith(`${basename(output)}.part-`))
      await rm(join(dir, name), { recursive: true, force: true });
  }
}
