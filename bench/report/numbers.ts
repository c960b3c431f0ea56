/** Mean of numbers; NaN for none. */
export const mean = (numbers: readonly number[]): number =>
  numbers.reduce((sum, each) => sum + each, 0) / numbers.length;

/** Largest of numbers; 0 for none. */
export const largest = (numbers: readonly number[]): number => Math.max(0, ...numbers);

/** The share of items for which something holds; NaN for no items. */
export const shareOf = <T>(items: readonly T[], holds: (item: T) => boolean): number =>
  items.filter(holds).length / items.length;

/** A share for people, with a decimal so that 99.6 % is not taken for all. */
export const percent = (share: number): string => (Number.isNaN(share) ? '-' : `${fixed(share * 100)} %`);

/** A number for people: a decimal below 100, a dash for none. */
export const fixed = (value: number): string =>
  Number.isNaN(value) ? '-' : value < 100 ? value.toFixed(1).replace(/\.0$/u, '') : String(Math.round(value));

/** Slope of the line nearest to points, by least squares; 0 for fewer than two of them. */
export function slope(points: readonly (readonly [x: number, y: number])[]): number {
  const x0 = mean(points.map(([x]) => x));
  const y0 = mean(points.map(([, y]) => y));
  const wide = points.reduce((sum, [x]) => sum + (x - x0) ** 2, 0);
  return wide > 0 ? points.reduce((sum, [x, y]) => sum + (x - x0) * (y - y0), 0) / wide : 0;
}
