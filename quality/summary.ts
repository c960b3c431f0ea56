import { mean, type Spread, shareOf, spread } from '../bench/harness/numbers.ts';
import type { DefectName, Group } from '../reference/defects.ts';
import { stepsTo } from './site.ts';
import { type Catcher, type Caught, fewestFor, fewestSteps, type Reachable, type Trial } from './trial.ts';

/** All trials of one defect in numbers; spreads are over the trials that killed it, null where none did. */
export interface Row {
  readonly name: DefectName;
  readonly group: Group;
  readonly trials: number;
  readonly killed: number;
  readonly falseAlarms: number;
  /** Trials that the machine broke. */
  readonly infrastructure: number;
  /** Failures that never showed again. */
  readonly noise: number;
  readonly programs: Spread | null;
  readonly steps: Spread | null;
  readonly shrunkSteps: Spread | null;
  /** Known minimum of steps over all oracles. */
  readonly minimum: number;
  /**
   * Share of kills whose shrunk program has the known minimum of steps for the oracle that caught it, or as few as
   * its own failure takes (`site.ts`, and `as` in `minima.json`): shrinking does not go over to another failure of
   * the defect.
   */
  readonly atMinimum: number | null;
  /** Share of kills whose shrunk program fails in a new home as well. */
  readonly replays: number | null;
  readonly shrinkRuns: Spread | null;
  readonly expectedClass: Reachable['class'];
  /** Who caught the shortest known program of the repository; null for nobody, undefined when it was not run. */
  readonly minimalCaughtBy: Catcher | null | undefined;
  /** Kills by verdict class, and by who noticed. */
  readonly classes: Readonly<Record<string, number>>;
  readonly oracles: Readonly<Record<string, number>>;
  /** Seconds up to the first failure, and of what is done about it. */
  readonly huntS: Spread | null;
  readonly lookS: Spread | null;
}

/** Numbers over all defects: means of their means. */
export interface Totals extends Pick<Row, 'trials' | 'killed' | 'falseAlarms' | 'infrastructure' | 'noise'> {
  readonly defects: number;
  readonly programs: number | null;
  readonly atMinimum: number | null;
  readonly shrinkRuns: number | null;
  readonly replays: number | null;
  /** Share of kills that were classified as expected. */
  readonly rightClass: number | null;
}

/** The row of one defect. */
export function rowOf(
  defect: { readonly name: DefectName; readonly group: Group },
  minimum: Reachable,
  trials: readonly Trial[],
  minimalCaughtBy?: Catcher | null,
): Row {
  const kills = trials.filter(isKill);
  const over = (number: (kill: Kill) => number): Spread | null => spread(kills.map(number));
  const left = kills.flatMap(({ result }) => lengthsOf(result, minimum));
  const replays = kills.map(({ result }) => result.replays).filter((each) => each !== null);
  return {
    name: defect.name,
    group: defect.group,
    trials: trials.length,
    killed: kills.length,
    falseAlarms: trials.filter(({ result }) => result.is === 'false-alarm').length,
    infrastructure: trials.filter(({ result }) => result.is === 'infrastructure').length,
    noise: trials.reduce((sum, { noise }) => sum + noise, 0),
    programs: over((kill) => kill.programs),
    steps: over((kill) => kill.steps),
    shrunkSteps: spread(left.map(({ steps }) => steps)),
    minimum: fewestSteps(minimum),
    atMinimum: shareOf(left, ({ steps, fewest, possible }) => steps <= Math.max(fewest, possible)),
    replays: shareOf(replays, (each) => each),
    shrinkRuns: spread(left.map(({ runs }) => runs)),
    expectedClass: minimum.class,
    minimalCaughtBy,
    classes: counts(kills.map(({ result }) => result.verdict.class)),
    oracles: counts(kills.map(({ result }) => result.oracle)),
    huntS: over((kill) => kill.huntMs / 1000),
    lookS: over(({ result }) => result.lookMs / 1000),
  };
}

/** Steps that are left, of the shortest program known to fail like that, and that its own failure takes at least. */
function lengthsOf({ shrunk, oracle, signature }: Caught, minimum: Reachable) {
  if (!shrunk) return [];
  const fewest = minimum.as?.[signature]?.steps ?? fewestFor(minimum, oracle);
  const possible = shrunk.site ? stepsTo(shrunk.site) : 0;
  return [{ steps: shrunk.program.steps.length, fewest, possible, runs: shrunk.runs }];
}

type Kill = Trial & { readonly result: { readonly is: 'killed' } & Caught };

const isKill = (trial: Trial): trial is Kill => trial.result.is === 'killed';

/** The last lines of the scoreboard. */
export function totalsOf(rows: readonly Row[]): Totals {
  const sum = (number: (row: Row) => number): number => rows.reduce((total, row) => total + number(row), 0);
  const meanOf = (number: (row: Row) => number | null | undefined): number | null =>
    mean(rows.map(number).filter((value) => typeof value === 'number'));
  const killed = sum((row) => row.killed);
  return {
    defects: rows.length,
    trials: sum((row) => row.trials),
    killed,
    falseAlarms: sum((row) => row.falseAlarms),
    infrastructure: sum((row) => row.infrastructure),
    noise: sum((row) => row.noise),
    programs: meanOf((row) => row.programs?.mean),
    atMinimum: meanOf((row) => row.atMinimum),
    shrinkRuns: meanOf((row) => row.shrinkRuns?.mean),
    replays: meanOf((row) => row.replays),
    rightClass: killed === 0 ? null : sum((row) => row.classes[row.expectedClass] ?? 0) / killed,
  };
}

/** Rows that make a scoreboard red: a defect that always shows and that some seed did not find. */
export const survivors = (rows: readonly Row[]): Row[] =>
  rows.filter((row) => row.expectedClass === 'deterministic' && row.killed + row.infrastructure < row.trials);

/** Rows whose shortest known program no longer shows the defect: it, or the oracle, is broken. */
export const staleMinima = (rows: readonly Row[]): Row[] =>
  rows.filter((row) => row.expectedClass === 'deterministic' && row.minimalCaughtBy === null);

const counts = (words: readonly string[]): Record<string, number> =>
  Object.fromEntries([...Map.groupBy(words, (word) => word)].map(([word, all]) => [word, all.length]));

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
