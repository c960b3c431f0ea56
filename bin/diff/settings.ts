import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { programSchema } from '../../program/program.ts';
import { toJson, writeAtomic } from '../../files/write.ts';
import { UsageError } from '../cli/errors.ts';

const settingsSchema = z.strictObject({
  format: z.literal(1),
  /** As on the command line. */
  targets: z.string(),
  seed: z.int(),
  maxSteps: z.int().min(1),
  /** How many programs are drawn; null: as many as time allows. */
  drawn: z.int().min(0).nullable(),
  forMs: z.number().positive().nullable(),
  /** Runs of a program that fails, in all. */
  times: z.int().min(1),
  given: z.array(z.strictObject({ name: z.string(), program: programSchema })),
});

/** What is compared, so that a run that was killed can go on. Holds no secrets. */
export type DiffSettings = z.infer<typeof settingsSchema>;

const FILE = 'settings.json';

/** Writes down what a comparison is going to do. */
export const writeSettings = (dir: string, settings: DiffSettings): Promise<void> =>
  writeAtomic(join(dir, FILE), toJson(settings));

/** What a comparison that was begun in a directory was to do. @throws UsageError that names file and field */
export async function readSettings(dir: string): Promise<DiffSettings> {
  const file = join(dir, FILE);
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    const why = error.code === 'ENOENT' ? 'no such file' : error.message;
    throw new UsageError(
      `--resume: ${file}: ${why}; give the directory of a diff, which it named when it began`,
    );
  });
  const parsed = settingsSchema.safeParse(jsonOf(file, text));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new UsageError(`${file}: ${issue?.path.join('.') || 'the whole file'}: ${issue?.message}`);
}

function jsonOf(file: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new UsageError(`${file}: not JSON: ${(error as Error).message}`);
  }
}
