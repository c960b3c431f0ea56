import type { Identity } from '../domain/identity.ts';
import type { Observation } from '../domain/observation.ts';
import type { Outcome } from '../model/outcome.ts';
import type { Failure } from './failure.ts';
import type { Program } from './program.ts';
import type { Step } from './step.ts';

/** One executed step: a line of the trace. */
export interface Event {
  index: number;
  step: Step;
  /** Condition of what the step is about before it, such as `job/running`. */
  situation: string;
  allowed: readonly Pick<Outcome, 'label' | 'expect'>[];
  seen: Observation;
  /** Label of the outcome that fitted, the usual one of several; `known:<id>`, or `known:<id>,<id>`, for known divergences; null when nothing fitted. */
  matched: string | null;
  /** Milliseconds since the program began. */
  startedMs: number;
  /** Milliseconds spent waiting for the runtime, and in boxcheck itself. */
  runtimeMs: number;
  harnessMs: number;
  /** Of the former: looking again for an answer that the contract gives time for. */
  pollsMs?: number;
}

/** How the run of one program ended. */
export type Ending =
  | { is: 'passed' }
  | { is: 'failed'; failure: Failure }
  /** The machine broke, not the runtime; `failure` is the runtime's where the machine proves to be sound. */
  | { is: 'infrastructure'; why: string; failure?: Failure }
  /** The caller asked to stop. */
  | { is: 'interrupted' };

/** The complete record of one run of one program: it can be judged again from this alone. */
export interface History {
  program: Program;
  identity: Identity;
  events: Event[];
  ending: Ending;
  /** Hits of known divergences, by id. */
  known: Record<string, number>;
  /** Applicable steps at which a known divergence did NOT show, by id. */
  missed: Record<string, number>;
  /** Steps at which it may have shown or not, and nothing seen later tells which, by id. */
  undecided?: Record<string, number>;
  /** The most worlds the program may have been in at once. */
  worlds?: number;
  /** Steps that were not run or not judged: nothing can be said of them in any world the program may be in. */
  cutShort: number;
  /** Why none of them was run from one step on, where that is not for the contract. */
  cutBy?: string;
  boxes: number;
  startedAt: string;
  totalMs: number;
  runtimeMs: number;
}

/** A run that failed: what a counterexample is documented by. */
export interface FailedHistory extends History {
  ending: Extract<Ending, { is: 'failed' }>;
}

/** Whether a run failed. */
export const hasFailed = (history: History): history is FailedHistory => history.ending.is === 'failed';

/** Runs one program once. What search and verdict need of the shell around them. */
export type RunProgram = (program: Program, signal: AbortSignal) => Promise<History>;

/**
 * The events of a program's own steps. Oracles add events of their own (a look at the boxes after a refusal or
 * at the end); they carry the index of the step they follow, or one past the last.
 */
export function ownEvents({ events, program }: Pick<History, 'events' | 'program'>): Event[] {
  const seen = new Set<number>();
  return events.filter(({ index }) => {
    if (index >= program.steps.length || seen.has(index)) return false;
    seen.add(index);
    return true;
  });
}
