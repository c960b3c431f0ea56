import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { toJson, writeAtomic } from '../../files/write.ts';
import { canonicalSteps } from '../../program/canonical.ts';
import { UsageError } from '../cli/errors.ts';
import { readProgramFile } from '../options/program-file.ts';
import { corpusDir, corpusPrograms, programName } from './files.ts';

/** A name as files of the corpus have it. */
const NAME = /^[a-z0-9][a-z0-9-]*$/u;

/**
 * Takes a program or a counterexample folder up into the corpus, as `found/NAME.json`: it is run first from then
 * on, and must pass unless an entry of `known` names it.
 * @returns the new file
 * @throws UsageError when the name is taken or no name, or another file has the same steps
 */
export async function addToCorpus(path: string, name: string, root = corpusDir): Promise<string> {
  if (!NAME.test(name))
    throw new UsageError(`--name ${name}: lower-case words joined by hyphens, such as exit-code-is-lost`);
  const program = await readProgramFile(path);
  const file = join(root, 'found', `${name}.json`);
  if (existsSync(file)) throw new UsageError(`${file}: exists already; choose another --name`);
  const steps = canonicalSteps(program.steps);
  const twin = (await corpusPrograms(root)).find((other) => canonicalSteps(other.program.steps) === steps);
  if (twin) throw new UsageError(`${path}: the same steps are in the corpus already: ${twin.file}`);
  await writeAtomic(file, toJson({ ...program, note: program.note ?? `From ${programName(path)}` }));
  return file;
}
