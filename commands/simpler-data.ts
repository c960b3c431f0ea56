import type { Data } from '../domain/fill.ts';

/** Simpler data where it is told by its size, the simplest first: literal text, then less of the same. */
export function* simplerData(data: Data, simplest: string): Iterable<Data> {
  if (typeof data === 'string') {
    if (/[^\0-\x7f]/u.test(data) && data !== simplest) yield simplest;
    return;
  }
  yield simplest;
  for (const size of lessThan(data.size)) yield { ...data, size };
  if (data.pattern !== 'line') yield { ...data, pattern: 'line' };
}

/** How much less is tried next of a size. */
const LESS = 8;

/** A smaller size; none where there is hardly any. */
export const lessThan = (size: number): number[] => (size < LESS ? [] : [Math.floor(size / LESS)]);
