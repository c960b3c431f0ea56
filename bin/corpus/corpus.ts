import { existsSync } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { counted } from '../../domain/counted.ts';
import type { TargetName } from '../../domain/identity.ts';
import type { Surface } from '../../domain/surface.ts';
import { readJson } from '../../files/json.ts';
import { toJson, writeAtomic } from '../../files/write.ts';
import { surfaceOf } from '../../model/refers.ts';
import { canonicalSteps } from '../../program/canonical.ts';
import type { Program } from '../../program/program.ts';
import { type KnownDivergence, loadKnownDivergences } from '../../verdict/known.ts';
import { UsageError } from '../cli/errors.ts';
import { readProgramFile } from '../options/program-file.ts';
import { newOutput } from '../terminal/output.ts';

/** The corpus that comes with the suite. */
export const corpusDir = fileURLToPath(new URL('../../corpus/', import.meta.url));

/** Its seeds, with how long their programs are. */
export const defaultSeedsFile = join(corpusDir, 'seeds.json');

/** One of its folders. */
export const corpusFolder = (folder: 'pinned' | 'found' | 'known'): string => join(corpusDir, folder);

/** Program files of a folder of the corpus, by name; none where the folder is missing. */
export async function programFiles(folder: 'pinned' | 'found', root = corpusDir): Promise<string[]> {
  const dir = join(root, folder);
  const names = existsSync(dir) ? await readdir(dir) : [];
  const files = names.filter((name) => name.endsWith('.json')).sort();
  return files.map((name) => join(dir, name));
}

/** A program's name in reports: its file without folder and ending. */
export const programName = (file: string): string => basename(file, '.json');

/** A program of the corpus. */
export interface CorpusProgram {
  readonly folder: 'pinned' | 'found';
  readonly name: string;
  readonly file: string;
  readonly program: Program;
}

/** The programs of the corpus, pinned ones first. @throws FileError for a file that cannot be read */
export async function corpusPrograms(root = corpusDir): Promise<CorpusProgram[]> {
  const programs: CorpusProgram[] = [];
  for (const folder of ['pinned', 'found'] as const) {
    for (const file of await programFiles(folder, root))
      programs.push({ folder, name: programName(file), file, program: await readProgramFile(file) });
  }
  return programs;
}

/** Whether every surface that a program goes through is there. */
export const canRun = (program: Program, surfaces: ReadonlySet<Surface>): boolean =>
  lacking(program, surfaces).length === 0;

/** The surfaces that a program goes through and that are not there. */
export const lacking = ({ steps }: Program, surfaces: ReadonlySet<Surface>): Surface[] => [
  ...new Set(steps.map(surfaceOf).filter((via): via is Surface => via !== '-' && !surfaces.has(via))),
];

const part = z.strictObject({
  /** How many of the seeds, from the first. */
  count: z.int().min(0).optional(),
  maxSteps: z.int().min(1).max(1000).optional(),
});

const schema = z.strictObject({
  format: z.literal(1),
  note: z.string().optional(),
  maxSteps: z.int().min(1).max(1000),
  seeds: z.array(z.int().min(-0x8000_0000).max(0xffff_ffff)).max(100_000),
  targets: z.partialRecord(z.enum(['reference', 'lab', 'host', 'external']), part).optional(),
});
const hint = 'a seeds file is {"format": 1, "maxSteps": 30, "seeds": [1, 2, 3]}';

/** Seeds to run on a target, and how long their programs may get. */
export interface SeedPlan {
  seeds: number[];
  maxSteps: number;
}

/** Reads a seeds file. @throws FileError that names file and field */
export async function readSeeds(file: string, target: TargetName): Promise<SeedPlan> {
  const { seeds, maxSteps, targets } = await readJson(file, { schema, hint });
  const own = targets?.[target];
  return { seeds: seeds.slice(0, own?.count ?? seeds.length), maxSteps: own?.maxSteps ?? maxSteps };
}

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
    output.log(`${kind.padEnd(7)} ${name} (${counted(steps, 'step')}) ${note}`);
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
  checkSteps(path, program.steps.length);
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

/** A program that does nothing is never judged, and would keep every smoke from being fine. @throws UsageError */
function checkSteps(file: string, count: number): void {
  if (count === 0) throw new UsageError(`${file}: steps: has none; one step at least is wanted`);
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
 * Checks that every known divergence has its counterexample.
 * @throws UsageError that names the first mark without one
 */
export function checkCounterexamples(known: readonly KnownDivergence[]): void {
  for (const { id, found } of known) {
    const file = `${programName(found.program)}.json`;
    if (!existsSync(join(corpusDir, 'found', file)))
      throw new UsageError(`corpus/known/${id}.json: found.program: corpus/found/${file} is missing`);
  }
}

/**
 * Checks that every file can be read, and that every known divergence has its counterexample.
 * @throws UsageError that names the first file that is wrong
 */
export async function verify({ json = false }: { json?: boolean }): Promise<void> {
  const output = newOutput(json);
  const { programs, known } = await readCorpus();
  await readSeeds(defaultSeedsFile, 'reference');
  checkCounterexamples(known);
  for (const { kind, name, steps } of programs) checkSteps(`corpus/${kind}/${name}.json`, steps);
  if (json) output.data({ programs: programs.length, known: known.length });
  else
    output.log(
      `corpus: ${counted(programs.length, 'program')} and ${counted(known.length, 'known divergence')}, all in order`,
    );
}
