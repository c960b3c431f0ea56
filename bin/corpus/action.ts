import { join } from 'node:path';
import { loadKnownDivergences } from '../../verdict/known.ts';
import { UsageError } from '../cli/errors.ts';
import { readProgramFile } from '../options/program-file.ts';
import { newOutput } from '../terminal/output.ts';
import { addToCorpus } from './add.ts';
import { programFiles, programName, readSeeds } from './files.ts';
import { corpusDir, defaultSeedsFile } from './place.ts';
import { prune, spareFiles } from './prune.ts';

interface Entry {
  kind: 'pinned' | 'found';
  name: string;
  steps: number;
  note: string;
}

async function read(): Promise<Entry[]> {
  const entries: Entry[] = [];
  for (const kind of ['pinned', 'found'] as const) {
    for (const file of await programFiles(kind)) {
      const { steps, note = '' } = await readProgramFile(file);
      entries.push({ kind, name: programName(file), steps: steps.length, note });
    }
  }
  return entries;
}

/** What the corpus holds. */
export async function list(options: { json?: boolean }): Promise<void> {
  const output = newOutput(options.json ?? false);
  const entries = await read();
  const known = await loadKnownDivergences(join(corpusDir, 'known'));
  if (output.json) return output.data({ programs: entries, known });
  for (const { kind, name, steps, note } of entries)
    output.log(`${kind.padEnd(7)} ${name} (${steps} steps) ${note}`);
  for (const { id, versions, always, rate, title } of known) {
    output.log(
      `known   ${id} (BoxLite ${versions}; ${always ? 'always' : `${rate?.m} of ${rate?.k}`}) ${title}`,
    );
  }
}

/** Takes a counterexample up. */
export async function add(path: string, name: string): Promise<void> {
  const file = await addToCorpus(path, name);
  newOutput(false).log(
    `${file}: it is run first from now on, and must pass unless an entry of corpus/known names it`,
  );
}

/** Deletes, or names, what nothing is lost without. */
export async function drop({ dryRun }: { dryRun: boolean }): Promise<void> {
  const output = newOutput(false);
  const spare = dryRun ? await spareFiles() : await prune();
  for (const { file, why } of spare) output.log(`${dryRun ? 'spare' : 'deleted'}: ${file}: ${why}`);
  if (spare.length === 0) output.log('corpus: nothing is spare');
}

/** Every file can be read, and every mark has its counterexample. */
export async function verify(options: { json?: boolean }): Promise<void> {
  const output = newOutput(options.json ?? false);
  const entries = await read();
  const known = await loadKnownDivergences(join(corpusDir, 'known'));
  await readSeeds(defaultSeedsFile, 'reference');
  const found = entries.filter(({ kind }) => kind === 'found').map(({ name }) => name);
  const wanted = known.map((mark) => ({ id: mark.id, program: programName(mark.found.program) }));
  const lacking = wanted.filter(({ program }) => !found.includes(program));
  const [first] = lacking;
  if (first)
    throw new UsageError(
      `corpus/known/${first.id}.json: found.program: corpus/found/${first.program}.json is missing`,
    );
  const text = `corpus: ${entries.length} programs and ${known.length} known divergences, all in order`;
  if (output.json) output.data({ programs: entries.length, known: known.length });
  else output.log(text);
}
