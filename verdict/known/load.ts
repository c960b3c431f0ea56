import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { z } from 'zod';
import { type KnownDivergence, knownSchema } from './schema.ts';

/** A file of the corpus that cannot be read; the message names the file and the field. */
export class KnownFileError extends Error {
  override name = 'KnownFileError';
}

/**
 * All known divergences of a directory, one a file, in the order of their names; none where there is no
 * directory.
 * @throws KnownFileError for a file that is no entry, or is not named after its id
 */
export async function loadKnownDivergences(dir: string): Promise<KnownDivergence[]> {
  const files = await filesOf(dir);
  return Promise.all(files.map((file) => loadOne(join(dir, file))));
}

async function filesOf(dir: string): Promise<string[]> {
  try {
    return (await readdir(dir)).filter((file) => file.endsWith('.json')).sort();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

async function loadOne(path: string): Promise<KnownDivergence> {
  return parseKnownDivergence(path, await readFile(path, 'utf8'));
}

/** One entry from the text of its file. */
export function parseKnownDivergence(path: string, text: string): KnownDivergence {
  const result = knownSchema.safeParse(jsonOf(path, text));
  if (!result.success) {
    throw new KnownFileError(`${path}: ${result.error.issues.map(issueText).join('; ')}`);
  }
  const wanted = `${result.data.id}.json`;
  if (basename(path) !== wanted)
    throw new KnownFileError(`${path}: id is "${result.data.id}", so the file must be named ${wanted}`);
  return result.data;
}

function jsonOf(path: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new KnownFileError(`${path}: no JSON: ${(error as Error).message}`);
  }
}

const issueText = (issue: z.core.$ZodIssue): string => `${issue.path.join('.') || 'entry'}: ${issue.message}`;
