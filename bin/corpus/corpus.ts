import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { toJson, writeAtomic } from '../../files/write.ts';
import { canonicalSteps } from '../../program/canonical.ts';
import { loadKnownDivergences } from '../../verdict/known.ts';
import { UsageError } from '../cli/errors.ts';
import { readProgramFile } from '../options/program-file.ts';
import { newOutput } from '../terminal/output.ts';
import {
  type CorpusProgram,
  corpusDir,
  corpusFolder,
  corpusPrograms,
  defaultSeedsFile,
  programName,
  readSeeds,
} from './files.ts';

const readCorpus = async () => ({
  programs: (await corpusPrograms()).map(({ folder: kind, name, program: { steps, note = '' } }) => ({
    kind,
    name,
    steps: steps.length,
    note,
  })),
  known: await loadKnownDivergences(corpusFolder('known')),
});

/** Says what the corpus holds. */
export async function list({ json = false }: { json?: boolean }): Promise<void> {
  const output = newOutput(json);
  const { programs, known } = await readCorpus();
  if (json) return output.data({ programs, known });
  for (const { kind, name, steps, note } of programs)
    output.log(`${kind.padEnd(7)} ${name} (${steps} steps) ${note}`);
  for (const { id, versions, always, rate, title } of known) {
    const often = always ? 'always' : `${rate?.m} of ${rate?.k}`;
    output.log(`known   ${id} (BoxLite ${versions}; ${often}) ${title}`);
  }
}

/** A name as files of the corpus have it. */
const NAME = /^[a-z0-9][a-z0-9-]*$/u;

/**
 * Takes a program or a counterexample folder up into the corpus, as `found/NAME.json`: it is run first from then
 * on, and must pass unless an entry of `known` names it.
 * @throws UsageError when the name is taken or no name, or another file has the same steps
 */
export async function add(path: string, { name }: { name: string }, root = corpusDir): Promise<void> {
  if (!NAME.test(name))
    throw new UsageError(`--name ${name}: lower-case words joined by hyphens, such as exit-code-is-lost`);
  const program = await readProgramFile(path);
  const file = join(root, 'found', `${name}.json`);
  if (existsSync(file)) throw new UsageError(`${file}: exists already; choose another --name`);
  const steps = canonicalSteps(program.steps);
  const twin = (await corpusPrograms(root)).find((other) => canonicalSteps(other.program.steps) === steps);
  if (twin) throw new UsageError(`${path}: the same steps are in the corpus already: ${twin.file}`);
  await writeAtomic(file, toJson({ ...program, note: program.note ?? `From ${programName(path)}` }));
  newOutput(false).log(
    `${file}: it is run first from now on, and must pass unless an entry of corpus/known names it`,
  );
}

/**
 * Deletes, or names, programs of `found` that another file of the corpus holds step by step, and that no mark names.
 * Whether a mark still shows is smoke's to say: it needs a runtime.
 */
export async function prune({ dryRun }: { dryRun: boolean }, root = corpusDir): Promise<void> {
  const { log } = newOutput(false);
  const known = await loadKnownDivergences(join(root, 'known'));
  const named = new Set(known.map((mark) => programName(mark.found.program)));
  const isFree = ({ folder, name }: CorpusProgram): boolean => folder === 'found' && !named.has(name);
  const first = new Map<string, string>();
  let spare = 0;
  // What a mark names is kept rather than its twin.
  for (const one of (await corpusPrograms(root)).sort((a, b) => Number(isFree(a)) - Number(isFree(b)))) {
    const steps = canonicalSteps(one.program.steps);
    const twin = first.get(steps);
    if (twin === undefined) first.set(steps, one.file);
    if (twin === undefined || !isFree(one)) continue;
    spare += 1;
    if (!dryRun) await rm(one.file);
    log(`${dryRun ? 'spare' : 'deleted'}: ${one.file}: same steps as ${twin}`);
  }
  if (spare === 0) log('corpus: nothing is spare');
}

/**
 * Checks that every file can be read, and that every known divergence has its counterexample.
 * @throws UsageError that names the first file that is wrong
 */
export async function verify({ json = false }: { json?: boolean }): Promise<void> {
  const output = newOutput(json);
  const { programs, known } = await readCorpus();
  await readSeeds(defaultSeedsFile, 'reference');
  const found = new Set(programs.flatMap(({ kind, name }) => (kind === 'found' ? [name] : [])));
  for (const { id, found: counterexample } of known) {
    const program = programName(counterexample.program);
    if (found.has(program)) continue;
    throw new UsageError(`corpus/known/${id}.json: found.program: corpus/found/${program}.json is missing`);
  }
  if (json) output.data({ programs: programs.length, known: known.length });
  else output.log(`corpus: ${programs.length} programs and ${known.length} known divergences, all in order`);
}
