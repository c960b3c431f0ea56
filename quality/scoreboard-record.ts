import { z } from 'zod';
import { readJson } from '../files/json.ts';
import type { DefectName } from '../reference/defects.ts';
import type { Row, Totals } from './summary.ts';
import type { Trial } from './trial.ts';

/** Number of the file's format. */
export const scoreboardFormat = 1;

/** A scoreboard as it is kept: the trials, and what they come to. */
export interface Scoreboard {
  readonly format: typeof scoreboardFormat;
  /** What was measured. It is never BoxLite. */
  readonly target: string;
  readonly startedAt: string;
  readonly seeds: number;
  readonly programs: number;
  readonly deadlineFactor: number;
  /** Whether every trial that was planned was made. */
  readonly complete: boolean;
  readonly rows: readonly Row[];
  readonly totals: Totals;
  readonly unreachable: readonly { readonly name: DefectName; readonly why: string }[];
  readonly trials: readonly Trial[];
}

const spread = z.object({ mean: z.number(), median: z.number(), max: z.number() }).nullable();

/** What a comparison needs of an older scoreboard. */
const oldSchema = z.object({
  format: z.literal(scoreboardFormat),
  startedAt: z.string(),
  rows: z.array(
    z.object({
      name: z.string(),
      trials: z.number(),
      killed: z.number(),
      programs: spread,
      shrunkSteps: spread,
      atMinimum: z.number().nullable(),
      shrinkRuns: spread,
    }),
  ),
});

/** An older scoreboard, as far as it is compared. */
export type OldScoreboard = z.infer<typeof oldSchema>;

/** Reads an older scoreboard. @throws FileError that names the file when it is none */
export const readScoreboard = (path: string): Promise<OldScoreboard> =>
  readJson(path, {
    schema: oldSchema,
    hint: `--compare wants a scoreboard.json of format ${scoreboardFormat}`,
  });
