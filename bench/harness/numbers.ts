/** Mean of numbers; null for none. */
export const mean = (numbers: readonly number[]): number | null =>
  numbers.length === 0 ? null : numbers.reduce((sum, each) => sum + each, 0) / numbers.length;

/** The share of items for which something holds; null for no items. */
export const shareOf = <T>(items: readonly T[], holds: (item: T) => boolean): number | null =>
  items.length === 0 ? null : items.filter(holds).length / items.length;

/** Middle, mean and largest of some numbers. */
export interface Spread {
  readonly mean: number;
  readonly median: number;
  readonly max: number;
}

/** Mean, median (the lower one of two) and largest; null for no numbers. */
export function spread(numbers: readonly number[]): Spread | null {
  const average = mean(numbers);
  const sorted = [...numbers].sort((a, b) => a - b);
  const median = sorted[Math.floor((sorted.length - 1) / 2)];
  const max = sorted.at(-1);
  return average === null || median === undefined || max === undefined
    ? null
    : { mean: average, median, max };
}

/** A share for people, with a decimal so that 99.6 % is not taken for all; a dash for none. */
export const percent = (share: number | null): string => (share === null ? '-' : `${fixed(share * 100)} %`);

/** A number for people: a decimal below 100, a dash for none. */
export const fixed = (value: number | null | undefined): string =>
  typeof value !== 'number'
    ? '-'
    : value < 100
      ? value.toFixed(1).replace(/\.0$/u, '')
      : String(Math.round(value));
