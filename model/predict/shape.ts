import { deadlines } from '../../domain/deadlines.ts';
import type { Expect } from '../expect.ts';
import type { Outcome, Prediction } from '../outcome.ts';
import type { Reason } from '../reasons.ts';
import { isSame } from '../same.ts';
import type { World } from '../world.ts';

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
