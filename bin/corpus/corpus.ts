import { loadKnownDivergences } from '../../verdict/known.ts';
import { UsageError } from '../cli/errors.ts';
import { newOutput } from '../terminal/output.ts';
import { addToCorpus } from './add.ts';
import { corpusFolder, corpusPrograms, defaultSeedsFile, programName, readSeeds } from './files.ts';
import { prune, spareFiles } from './prune.ts';

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

/** Takes a counterexample up. */
export async function add(path: string, { name }: { name: string }): Promise<void> {
  const file = await addToCorpus(path, name);
  newOutput(false).log(
    `${file}: it is run first from now on, and must pass unless an entry of corpus/known names it`,
  );
}

/** Deletes, or names, what nothing is lost without. */
export async function drop({ dryRun }: { dryRun: boolean }): Promise<void> {
  const { log } = newOutput(false);
  const spare = dryRun ? await spareFiles() : await prune();
  for (const { file, why } of spare) log(`${dryRun ? 'spare' : 'deleted'}: ${file}: ${why}`);
  if (spare.length === 0) log('corpus: nothing is spare');
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
