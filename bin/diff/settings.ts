import { join } from 'node:path';
import { z } from 'zod';
import { readJson } from '../../files/json.ts';
import { toJson, writeAtomic } from '../../files/write.ts';
import { programSchema } from '../../program/program.ts';
import type { Output } from '../terminal/output.ts';
import type { Side } from './targets.ts';

const schema = z.strictObject({
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
export type DiffSettings = z.infer<typeof schema>;

const FILE = 'settings.json';

/** Writes down what a comparison is going to do. */
export const writeSettings = (dir: string, settings: DiffSettings): Promise<void> =>
  writeAtomic(join(dir, FILE), toJson(settings));

/** What a comparison that was begun in a directory was to do. @throws FileError that names file and field */
export const readSettings = (dir: string): Promise<DiffSettings> =>
  readJson(join(dir, FILE), {
    schema,
    hint: 'give --resume the directory of a diff, which it named when it began',
  });

/** A comparison that is asked for. */
export interface DiffPlan {
  readonly sides: readonly [Side, Side];
  readonly settings: DiffSettings;
  readonly strict: boolean;
  readonly out: string;
  /** Directory of a run that goes on. */
  readonly resume: string | undefined;
  readonly output: Output;
  readonly signal: AbortSignal;
}
