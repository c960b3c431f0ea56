/** Separates the keys of a pair or triple. */
const THEN = ' > ';

/** Distinct single keys, pairs and triples in a row, over any number of sequences. */
export interface Grams {
  readonly singles: Set<string>;
  readonly pairs: Set<string>;
  readonly triples: Set<string>;
}

/** Nothing seen yet. */
export const noGrams = (): Grams => ({ singles: new Set(), pairs: new Set(), triples: new Set() });

/** The text of keys in a row. */
export const inRow = (keys: readonly string[]): string => keys.join(THEN);

/** Counts what the last key of a sequence completes. */
export function addLast(grams: Grams, sequence: readonly string[]): void {
  const sets = [grams.singles, grams.pairs, grams.triples];
  sets.forEach((set, i) => {
    if (sequence.length > i) set.add(inRow(sequence.slice(-i - 1)));
  });
}
