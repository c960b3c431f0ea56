/** Repeatable chance for the benchmarks' own decisions. */
export interface Chance {
  /** A whole number from 0 on, below this. */
  below(limit: number): number;
}

/** Chance that depends on its seed alone. */
export function seededChance(seed: number): Chance {
  let state = seed >>> 0;
  return {
    below(limit) {
      // mulberry32: small, good enough to pick with, the same on every machine.
      state = (state + 0x6d2b79f5) >>> 0;
      let x = Math.imul(state ^ (state >>> 15), state | 1);
      x ^= x + Math.imul(x ^ (x >>> 7), x | 61);
      return ((x ^ (x >>> 14)) >>> 0) % limit;
    },
  };
}
