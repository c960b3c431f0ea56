import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import type { TargetName } from '../../domain/identity.ts';
import { readJson } from '../../files/json.ts';
import type { Program } from '../../program/program.ts';
import { readProgramFile } from '../options/program-file.ts';

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

const part = z.strictObject({
  /** How many of the seeds, from the first. */
  count: z.int().min(0).optional(),
  maxSteps: z.int().min(1).max(1000).optional(),
});

const schema = z.strictObject({
  format: z.literal(1),
  note: z.string().optional(),
  maxSteps: z.int().min(1).max(1000),
  seeds: z.array(z.int()).max(100_000),
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
