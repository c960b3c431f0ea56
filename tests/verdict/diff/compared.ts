import type { History } from '../../../program/history.ts';
import { compareRuns, type Difference, type ObservedRun, observe } from '../../../verdict/diff.ts';

export const sides = { names: ['left', 'right'], contracts: ['0.10.7', '0.10.7'] } as const;

/** A run as it is compared; answers are shown by their kind alone. */
export const look = (run: History): ObservedRun => observe(run, ({ is }) => is);

/** Two runs that can be compared, compared. */
export function compared(a: History, b: History, contracts: readonly [string, string] = sides.contracts) {
  const found = compareRuns(look(a), look(b), { ...sides, contracts });
  if (found.is !== 'compared') throw new Error(found.why);
  return found;
}

export const classesOf = (differences: readonly Difference[]): string[] =>
  differences.map((one) => one.class);
