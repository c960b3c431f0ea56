import type { Expect } from './expect.ts';
import type { World } from './world.ts';

/** One allowed answer, and the world it leads to. */
export interface Outcome {
  /** Short name of the case, stable across versions: part of signatures and coverage keys. */
  readonly label: string;
  readonly expect: Expect;
  readonly next: World;
}

/** Everything the contract allows for one step in one world; the first outcome is the usual one. */
export interface Prediction {
  readonly outcomes: readonly [Outcome, ...Outcome[]];
  /** The step observes something that takes its time: look again until an outcome fits, at most so long. */
  readonly pollMs?: number;
  /** The world as long as the answer may only be late, where another world's answer came; absent: as before. */
  readonly whileLate?: World;
  /** How long one attempt may take (contract 7.11), before the target's patience is applied. */
  readonly deadlineMs: number;
}
