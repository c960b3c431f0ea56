/** Gives a number with its noun: `1 step`, `2 steps`, `2 boxes`. */
export const counted = (count: number, what: string): string =>
  `${count} ${what}${count === 1 ? '' : /(?:s|x)$/u.test(what) ? 'es' : 's'}`;
