import { deadlines } from '../domain/deadlines.ts';
import type { Expect } from './expect.ts';
import type { Reason } from './reasons.ts';
import { isSame } from './same.ts';
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

/** A refusal; `next` is the unchanged world unless the refusal itself leaves something behind. */
export const refused = (reason: Reason, next: World): Outcome => ({
  label: `refused:${reason}`,
  expect: { is: 'refused', reason },
  next,
});

/** A plain success. */
export const done = (label: string, next: World, expect: Expect = { is: 'done' }): Outcome => ({
  label,
  expect,
  next,
});

/** A prediction of one or more outcomes, each once; the first is the usual one. */
export function allow(deadlineMs: number, first: Outcome, ...others: Outcome[]): Prediction {
  const outcomes: [Outcome, ...Outcome[]] = [first];
  for (const outcome of others) if (!outcomes.some((one) => isSame(one, outcome))) outcomes.push(outcome);
  return { outcomes, deadlineMs };
}

/** Everything that any of several predictions allows; null where one of them is missing. */
export function union(predictions: readonly (Prediction | null)[]): Prediction | null {
  const told = predictions.filter((prediction) => prediction !== null);
  const [first, ...others] = told.flatMap(({ outcomes }) => outcomes);
  if (!first || told.length < predictions.length) return null;
  return allow(Math.max(...told.map(({ deadlineMs }) => deadlineMs)), first, ...others);
}

/** A refusal as the only outcome. */
export const refuse = (reason: Reason, next: World, deadlineMs: number = deadlines.commandMs): Prediction =>
  allow(deadlineMs, refused(reason, next));
