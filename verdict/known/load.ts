import { readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { FileError, parseJson, readText } from '../../files/json.ts';
import { type KnownDivergence, knownSchema } from './schema.ts';

/**
 * All known divergences of a directory, one a file, in the order of their names; none where there is no
 * directory.
 * @throws FileError for a file that is no entry, or is not named after its id
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
  return parseKnownDivergence(path, await readText(path));
}

/** One entry from the text of its file. @throws FileError */
export function parseKnownDivergence(path: string, text: string): KnownDivergence {
  const entry = parseJson(path, text, { schema: knownSchema });
  const wanted = `${entry.id}.json`;
  if (basename(path) !== wanted)
    throw new FileError(`${path}: id is "${entry.id}", so the file must be named ${wanted}`);
  return entry;
}
