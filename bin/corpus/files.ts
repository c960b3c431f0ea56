import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { z } from 'zod';
import type { TargetName } from '../../domain/identity.ts';
import { UsageError } from '../cli/errors.ts';
import { corpusDir } from './place.ts';

/** Program files of a folder of the corpus, by name; none where the folder is missing. */
export async function programFiles(folder: 'pinned' | 'found', root = corpusDir): Promise<string[]> {
  const dir = join(root, folder);
  const entries = await readdir(dir).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  return entries
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => join(dir, name));
}

/** A program's name in reports: its file without folder and ending. */
export const programName = (file: string): string => basename(file, '.json');

const part = z.strictObject({
  /** How many of the seeds, from the first. */
  count: z.int().min(0).optional(),
  maxSteps: z.int().min(1).max(1000).optional(),
});

const seedsSchema = z.strictObject({
  format: z.literal(1),
  note: z.string().optional(),
  maxSteps: z.int().min(1).max(1000),
  seeds: z.array(z.int()).max(100_000),
  targets: z.partialRecord(z.enum(['reference', 'lab', 'host', 'external']), part).optional(),
});

/** Seeds to run on a target, and how long their programs may get. */
export interface SeedPlan {
  seeds: number[];
  maxSteps: number;
}

/** Reads a seeds file. @throws UsageError that names file and field. */
export async function readSeeds(file: string, target: TargetName): Promise<SeedPlan> {
  const parsed = seedsSchema.safeParse(await readJson(file));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const field = issue?.path.join('.') || 'the whole file';
    throw new UsageError(
      `${file}: ${field}: ${issue?.message}; a seeds file is {"format": 1, "maxSteps": 30, "seeds": [1, 2, 3]}`,
    );
  }
  const { seeds, maxSteps, targets } = parsed.data;
  const own = targets?.[target];
  return { seeds: seeds.slice(0, own?.count ?? seeds.length), maxSteps: own?.maxSteps ?? maxSteps };
}

async function readJson(file: string): Promise<unknown> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new UsageError(error.code === 'ENOENT' ? `${file}: no such file` : `${file}: ${error.message}`);
  });
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new UsageError(`${file}: not JSON: ${(error as Error).message}`);
  }
}
