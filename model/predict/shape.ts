import { deadlines } from '../deadlines.ts';
import type { Expect } from '../expect.ts';
import type { Outcome, Prediction } from '../outcome.ts';
import type { Reason } from '../reasons.ts';
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

/** A prediction of one or more outcomes; the first is the usual one. */
export const allow = (deadlineMs: number, ...outcomes: [Outcome, ...Outcome[]]): Prediction => ({
  outcomes,
  deadlineMs,
});

/** A refusal as the only outcome. */
export const refuse = (reason: Reason, next: World, deadlineMs: number = deadlines.commandMs): Prediction =>
  allow(deadlineMs, refused(reason, next));
