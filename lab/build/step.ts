import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Log } from '../../domain/log.ts';
import { replaceFile, toJson } from '../../files/write.ts';
import { timed } from '../timed.ts';

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
}

/**
 * Brings one output up to date. It is made under another name and renamed, and stamped last, so that a build
 * that is cut off at any point goes on from here the next time.
 */
export async function runStep(step: Step, log: Log): Promise<'fresh' | 'built'> {
  if (await isFresh(step)) return 'fresh';
  const { name, output, inputs } = step;
  await timed(log, name, async () => {
    const made = {};
    await make(step, made);
    replaceFile(stampFile(output), `${stampOf(inputs)}\n${toJson({ ...inputs, ...made })}`);
  });
  return 'built';
}

/** Says whether the output is there and was made from these inputs. */
export const isFresh = async ({ output, inputs }: Step): Promise<boolean> =>
  existsSync(output) && (await readStamp(output))?.digest === stampOf(inputs);

async function make(step: Step, made: Record<string, string>): Promise<void> {
  await mkdir(dirname(step.output), { recursive: true });
  await removeLeftovers(step.output);
  const temp = `${step.output}.part-${process.pid}`;
  try {
    await step.make(temp, made);
    await rm(stampFile(step.output), { force: true });
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

/** Gives the digest of a step's inputs; the order of the keys means nothing. */
export function stampOf(inputs: Record<string, string>): string {
  const sorted = Object.entries(inputs).sort(([a], [b]) => (a < b ? -1 : 1));
  return createHash('sha256').update(JSON.stringify(sorted)).digest('hex');
}

const stampFile = (output: string) => `${output}.stamp`;

/** A Stamp says what an output was made from: the digest of its inputs; they themselves, and what the making found out. */
interface Stamp {
  digest: string;
  facts: Record<string, string>;
}

/** Reads the stamp of an output; null when it has none that can be read. */
export async function readStamp(output: string): Promise<Stamp | null> {
  const text = await readFile(stampFile(output), 'utf8').catch(() => '');
  const [, digest, facts] = /^([0-9a-f]{64})\n(\{.*\})\n$/s.exec(text) ?? [];
  return digest && facts ? { digest, facts: JSON.parse(facts) } : null;
}

/** Gives the digest of file contents, for inputs that are files. */
export async function digestOf(...files: string[]): Promise<string> {
  const hash = createHash('sha256');
  for (const file of files) hash.update(await readFile(file));
  return hash.digest('hex');
}
