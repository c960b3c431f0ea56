import { z } from 'zod';
import { fixed, percent } from '../bench/harness/numbers.ts';
import { readJson } from '../files/json.ts';
import { scoreboardFormat } from './summary.ts';

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

type Compared = OldScoreboard['rows'][number];

/** One difference between two scoreboards. */
export interface Change {
  readonly name: string;
  readonly better: boolean;
  readonly text: string;
}

/** Smaller changes of a mean are taken for chance. */
const FACTOR = 1.5;
/** And these, in programs and runs: one more is nothing. */
const LEAST = 2;
/** Change of the share at the minimum that counts. */
const SHARE = 0.2;

/** What got better or worse for the defects both scoreboards have; most important first. */
export function changes(before: OldScoreboard['rows'], after: readonly Compared[]): Change[] {
  const old = new Map(before.map((row) => [row.name, row]));
  return after.flatMap((row) => {
    const was = old.get(row.name);
    return was ? changesOf(was, row) : [];
  });
}

function changesOf(was: Compared, is: Compared): Change[] {
  const found: (Change | null)[] = [
    killed(was, is),
    mean(is.name, 'programs to the first failure', was.programs?.mean, is.programs?.mean),
    share(is.name, was.atMinimum, is.atMinimum),
    mean(is.name, 'runs to shrink', was.shrinkRuns?.mean, is.shrinkRuns?.mean),
  ];
  return found.filter((change) => change !== null);
}

function killed(was: Compared, is: Compared): Change | null {
  const before = was.killed / was.trials;
  const after = is.killed / is.trials;
  if (before === after) return null;
  const text = `killed ${was.killed}/${was.trials} -> ${is.killed}/${is.trials}`;
  return { name: is.name, better: after > before, text };
}

function mean(name: string, what: string, was: number | undefined, is: number | undefined): Change | null {
  if (was === undefined || is === undefined) return null;
  const [small, large] = [Math.min(was, is), Math.max(was, is)];
  if (large < small * FACTOR || large - small < LEAST) return null;
  return { name, better: is < was, text: `${what} ${fixed(was)} -> ${fixed(is)}` };
}

function share(name: string, was: number | null, is: number | null): Change | null {
  if (was === null || is === null || Math.abs(was - is) < SHARE) return null;
  return { name, better: is > was, text: `at the minimum ${percent(was)} -> ${percent(is)}` };
}

/** The changes as lines, worse ones first; defects only one of the two has are named. */
export function changeLines(before: OldScoreboard, after: readonly Compared[]): string[] {
  const found = changes(before.rows, after);
  const lines = (better: boolean): string[] =>
    found
      .filter((change) => change.better === better)
      .map(({ name, text }) => `${better ? 'better' : 'worse '}  ${name}: ${text}`);
  const [had, has] = [before.rows, after].map((rows) => new Set(rows.map(({ name }) => name)));
  const only = (a: Set<string> | undefined, b: Set<string> | undefined): string[] =>
    [...(a ?? [])].filter((name) => !b?.has(name));
  return [
    `compared with the scoreboard of ${before.startedAt}:`,
    ...lines(false),
    ...lines(true),
    ...(found.length === 0 ? ['nothing changed beyond chance'] : []),
    ...only(has, had).map((name) => `new     ${name}`),
    ...only(had, has).map((name) => `absent  ${name}`),
  ];
}
