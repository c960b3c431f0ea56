import type { History } from '../../../program/history.ts';
import { compareRuns, type Difference, type ObservedRun, observe } from '../../../verdict/diff.ts';

const side = (label: string, contract = '0.10.7') => ({ label, environment: { contract } });

export const sides = [side('left'), side('right')] as const;

/** A run as it is compared; answers are shown by their kind alone. */
export const look = (run: History): ObservedRun => observe(run, ({ is }) => is);

/** Two runs that can be compared, compared. */
export function compared(a: History, b: History, [left, right]: readonly string[] = []) {
  const found = compareRuns(look(a), look(b), [side('left', left), side('right', right)]);
  if (typeof found === 'string') throw new Error(found);
  return found;
}

export const classesOf = (differences: readonly Difference[]): string[] =>
  differences.map((one) => one.class);
