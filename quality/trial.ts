import type { Verdict } from '../program/failure.ts';
import type { OracleName } from '../program/oracles.ts';
import type { Program } from '../program/program.ts';
import type { DefectName } from '../reference/defects.ts';
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
      return `${head} SURVIVED ${programs} programs`;
    case 'infrastructure':
      return `${head} the machine broke: ${result.why}`;
    case 'false-alarm':
      return `${head} FALSE ALARM, without the defect too: ${result.without}`;
    case 'killed': {
      const { verdict, shrunk, oracle, originalSteps, replays } = result;
      const steps = shrunk
        ? `${originalSteps} -> ${shrunk.program.steps.length} steps in ${shrunk.runs} runs`
        : `${originalSteps} steps`;
      return `${head} ${oracle} after ${programs} programs (${ran} run), ${verdict.class}, ${steps}${replays === false ? ', DOES NOT REPLAY' : ''}`;
    }
  }
}
