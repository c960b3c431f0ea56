import type { Side } from './targets.ts';

/** How much time the sides have, in milliseconds since the epoch; without --for there is no end. */
export interface Deadlines {
  readonly first: number;
  readonly second: number;
}

/** The reference does in one part of the time what a real runtime does in nine. */
const weight = ({ target }: Pick<Side, 'target'>): number => (target === 'reference' ? 1 : 9);

/** Divides the time so that the second side gets through what the first one ran. */
export function deadlinesOf(
  sides: readonly [Pick<Side, 'target'>, Pick<Side, 'target'>],
  nowMs: number,
  forMs: number | undefined,
): Deadlines {
  if (forMs === undefined) return { first: Number.POSITIVE_INFINITY, second: Number.POSITIVE_INFINITY };
  const [a, b] = sides.map(weight) as [number, number];
  return { first: nowMs + (forMs * a) / (a + b), second: nowMs + forMs };
}
