import type { Random } from 'fast-check';

const RESOLUTION = 1_000_000;

/** True with the given probability. */
export function chance(random: Random, probability: number): boolean {
  return random.nextInt(0, RESOLUTION - 1) < probability * RESOLUTION;
}

/** One of the entries, by weight; null when none has a positive weight. */
export function pickWeighted<T>(random: Random, entries: readonly (readonly [T, number])[]): T | null {
  const total = entries.reduce((sum, [, weight]) => sum + weight, 0);
  if (total <= 0) return null;
  let left = (random.nextInt(0, RESOLUTION - 1) / RESOLUTION) * total;
  for (const [entry, weight] of entries) {
    left -= weight;
    if (left < 0) return entry;
  }
  return entries.findLast(([, weight]) => weight > 0)?.[0] ?? null;
}
