import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import type { Reference } from '../bench/harness/reference.ts';
import { counted } from '../domain/counted.ts';
import { readJsonSync } from '../files/json.ts';
import type { Verdict } from '../program/failure.ts';
import { type OracleName, oracles } from '../program/oracles.ts';
import { type Program, programSchema } from '../program/program.ts';
import { catalogue, type DefectName } from '../reference/defects.ts';
import type { Options } from './options.ts';
import type { Site } from './site.ts';

/** Who noticed: the model's prediction of a step (`unexpected`), or one of the oracles beside it. */
export type Catcher = 'unexpected' | 'stale-mark' | OracleName;

/** The simplest program that came out, and what it cost. */
interface Shrunk {
  readonly program: Program;
  /** Where its failure shows; null: not at a step. */
  readonly site: Site | null;
  /** Runs on the runtime; a flaky failure takes several a candidate. */
  readonly runs: number;
}

/** What a trial found. */
export interface Caught {
  readonly oracle: Catcher;
  readonly signature: string;
  readonly text: string;
  readonly verdict: Verdict;
  /** Steps of the program as it was drawn; seed and number of programs draw it again. */
  readonly originalSteps: number;
  /** Null when it was not asked for. */
  readonly shrunk: Shrunk | null;
  /** The shrunk program fails in the same way in a new home: it owes nothing to the programs before it. Null: not tried. */
  readonly replays: boolean | null;
  /** Milliseconds of classifying, shrinking, replaying and the run on the clean runtime. */
  readonly lookMs: number;
}

/** What came of a trial. */
export type Result =
  | ({ readonly is: 'killed' } & Caught)
  /** The shrunk program fails without the defect too: the model is wrong, or the reference is. */
  | ({ readonly is: 'false-alarm'; readonly without: string } & Caught)
  | { readonly is: 'survived' }
  /** The machine broke; says nothing about the oracle. */
  | { readonly is: 'infrastructure'; readonly why: string };

/** One defect hunted with one seed. */
export interface Trial {
  readonly defect: DefectName;
  readonly seed: number;
  /** Programs run up to the first failure, that one included. */
  readonly programs: number;
  /** Those of them that were really run: the others never come to the defect's site. */
  readonly ran: number;
  /** Steps executed in all of them. */
  readonly steps: number;
  readonly huntMs: number;
  /** Failures on the way that no re-run showed again. */
  readonly noise: number;
  readonly result: Result;
}

/** One trial as a line for whoever watches. */
export function trialLine({ defect, seed, programs, ran, result }: Trial): string {
  const head = `${defect} seed ${seed}:`;
  switch (result.is) {
    case 'survived':
      return `${head} SURVIVED ${counted(programs, 'program')}`;
    case 'infrastructure':
      return `${head} the machine broke: ${result.why}`;
    case 'false-alarm':
      return `${head} FALSE ALARM, without the defect too: ${result.without}`;
    case 'killed': {
      const { verdict, shrunk, oracle, originalSteps, replays } = result;
      const steps = shrunk
        ? `${originalSteps} -> ${counted(shrunk.program.steps.length, 'step')} in ${counted(shrunk.runs, 'run')}`
        : counted(originalSteps, 'step');
      return `${head} ${oracle} after ${counted(programs, 'program')} (${ran} run), ${verdict.class}, ${steps}${replays === false ? ', DOES NOT REPLAY' : ''}`;
    }
  }
}

const catchers = ['unexpected' as const, ...(Object.keys(oracles) as OracleName[])] satisfies Catcher[];

const reachable = z.strictObject({
  class: z.enum(['deterministic', 'flaky']),
  /** Who notices it, and the steps of the shortest program at which it does. */
  caught: z
    .partialRecord(z.enum(catchers), z.int().min(1))
    .refine((caught) => Object.keys(caught).length > 0, 'at least one oracle must be named'),
  /**
   * By signature: steps of the shortest program whose failure is recognised by it, where who notices it and where it
   * shows say less than that, and what makes the rest of the steps needed.
   */
  as: z.record(z.string(), z.strictObject({ steps: z.int().min(2), why: z.string().min(10) })).optional(),
  /** It spoils the home for later programs, or shows in the first box of a home alone: each program needs a new one. */
  fresh: z.literal(true).optional(),
  /**
   * More than 35 programs are drawn in the mean before it shows: the quick board would be red by bad luck, leaves it to
   * the whole one, and says so.
   */
  rare: z.literal(true).optional(),
});
const unreachable = z.strictObject({ unreachable: z.string().min(10) });
const fileSchema = z.strictObject({
  format: z.literal(1),
  defects: z.record(z.string(), z.union([reachable, unreachable])),
});

/** What is known of a defect: its shortest program and who catches it, or why no program can show it. */
export type Minimum = z.infer<typeof reachable> | z.infer<typeof unreachable>;
/** A defect that programs can show. */
export type Reachable = z.infer<typeof reachable>;

const path = fileURLToPath(new URL('minima.json', import.meta.url));

/**
 * What `minima.json` says of every defect of the catalogue.
 * @throws Error that names the file and the defect that is missing, unknown or described wrongly
 */
export function loadMinima(): ReadonlyMap<DefectName, Minimum> {
  const { defects } = readJsonSync(path, { schema: fileSchema });
  const names = new Set<string>(catalogue.map(({ name }) => name));
  const unknown = Object.keys(defects).find((name) => !names.has(name));
  if (unknown !== undefined) throw new Error(`quality/minima.json: ${unknown} is no seeded defect`);
  return new Map(catalogue.map(({ name }) => [name, entryOf(defects, name)]));
}

function entryOf(defects: Record<string, Minimum>, name: DefectName): Minimum {
  const entry = defects[name];
  if (!entry) throw new Error(`quality/minima.json: no entry for the defect ${name}`);
  return entry;
}

/** Whether programs can show the defect. */
export const isReachable = (minimum: Minimum): minimum is Reachable => 'caught' in minimum;

/** Steps of the shortest program that shows the defect to anyone. */
export const fewestSteps = ({ caught }: Reachable): number => Math.min(...Object.values(caught));

/** Steps of the shortest program at which this oracle notices it: shrinking keeps to the oracle it began with. */
export const fewestFor = (minimum: Reachable, oracle: Catcher): number =>
  (minimum.caught as Partial<Record<Catcher, number>>)[oracle] ?? fewestSteps(minimum);

type Entry = (typeof catalogue)[number];

/** A defect that is going to be hunted. */
export interface Planned {
  readonly defect: Entry;
  readonly minimum: Reachable;
}

/** What a scoreboard measures, and what it cannot. */
export interface Plan {
  readonly hunted: readonly Planned[];
  readonly unreachable: readonly { readonly name: DefectName; readonly why: string }[];
  /** Those that are left out because they show too seldom. */
  readonly rare: readonly DefectName[];
}

/** One that is asked for by name is hunted even when it is known to be out of reach: the file may be wrong. */
export const OUT_OF_REACH: Reachable = { class: 'deterministic', caught: { unexpected: 1 } };

/**
 * The defects that were asked for, those that no program can show apart; of those that show seldom the ones that are
 * named, and all where the rare are wanted too.
 */
export function planOf(
  { defects: named, rare: withRare }: Pick<Options, 'defects' | 'rare'>,
  minima: ReadonlyMap<DefectName, Minimum>,
): Plan {
  const wanted = catalogue.filter(({ name }) => named === null || named.includes(name));
  const hunted: Planned[] = [];
  const unreachable: Plan['unreachable'][number][] = [];
  const rare: DefectName[] = [];
  for (const defect of wanted) {
    const minimum = minima.get(defect.name);
    if (!minimum) continue;
    if (isReachable(minimum) && minimum.rare && named === null && !withRare) rare.push(defect.name);
    else if (isReachable(minimum)) hunted.push({ defect, minimum });
    else if (named !== null) hunted.push({ defect, minimum: OUT_OF_REACH });
    if (!isReachable(minimum)) unreachable.push({ name: defect.name, why: minimum.unreachable });
  }
  return { hunted, unreachable, rare };
}

/** Where the shortest known program of a defect is, as plain as any other program. */
export const minimalFile = (defect: DefectName): URL => new URL(`minimal/${defect}.json`, import.meta.url);

/** The shortest program known to show a defect. @throws FileError when the file is missing or no program */
export const minimalProgram = (defect: DefectName): Program =>
  readJsonSync(fileURLToPath(minimalFile(defect)), { schema: programSchema });

/**
 * Runs. What ends a command a moment after a step may lose the race against the next step's look
 * (detach-kills-command loses it in a quarter of them on a quiet machine, in twelve of twelve on a slow one), and one
 * that shows in 5 % of them stays hidden in 60 with a chance of 5 %.
 */
const TRIES = 60;

/** Who notices the defect when its shortest program is run on a runtime that has it; null when nobody does. */
export async function whoCatches(
  reference: Reference,
  program: Program,
  signal: AbortSignal,
): Promise<Catcher | null> {
  for (let tries = TRIES; tries > 0 && !signal.aborted; tries--) {
    const { ending } = await reference.run(program, signal);
    if (ending.is !== 'failed') continue;
    const { failure } = ending;
    return failure.kind === 'oracle' ? failure.oracle : failure.kind;
  }
  return null;
}
