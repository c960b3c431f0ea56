import type { DefectName } from '../reference/defects.ts';
import type { Reachable } from './minima.ts';
import type { Reach, Scouted } from './reach.ts';
import type { Budget } from './trial.ts';
import type { Catcher, Trial } from './trial-record.ts';

/** One piece of work for a worker process. */
export type Task =
  | { readonly do: 'scout'; readonly seed: number; readonly from: number; readonly to: number }
  | {
      readonly do: 'hunt';
      readonly defect: DefectName;
      readonly minimum: Reachable;
      /** Run the shortest known program too. */
      readonly replay: boolean;
      readonly seeds: readonly { readonly seed: number; readonly reach: Reach }[];
    };

/** What a worker is told once. */
export interface WorkerSettings {
  readonly budget: Budget;
  /** Factor for all deadlines on the defective runtimes. */
  readonly deadlineFactor: number;
}

/** Who caught the shortest known program: null for nobody, undefined when it was not run. */
export type Minimal = Catcher | null | undefined;

/** What came of a task; less than was asked for when it was stopped. */
export type Answer =
  | { readonly is: 'scouted'; readonly programs: readonly Scouted[] }
  | {
      readonly is: 'hunted';
      readonly defect: DefectName;
      readonly trials: readonly Trial[];
      readonly minimal: Minimal;
    };

/** From the scoreboard to a worker. */
export type ToWorker =
  | { readonly say: 'settings'; readonly settings: WorkerSettings }
  | { readonly say: 'task'; readonly task: Task }
  | { readonly say: 'stop' };

/** From a worker to the scoreboard. */
export type FromWorker =
  | { readonly say: 'log'; readonly line: string }
  | { readonly say: 'answer'; readonly answer: Answer }
  | { readonly say: 'broke'; readonly why: string };
