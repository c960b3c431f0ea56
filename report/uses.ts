import { everyUse, optionOf, type Use, useText } from '../search/coverage/uses.ts';

/** A kind of value of an option, and how often drawn programs have used it. */
export interface UseRow extends Use {
  readonly count: number;
}

/** All that a program can use, with how often it was used. */
export const useRows = (counts: ReadonlyMap<string, number>): UseRow[] =>
  everyUse.map((use) => ({ ...use, count: counts.get(useText(use)) ?? 0 }));

/** The same option of several verbs together, and what a process does whether or not it is a box's own command. */
const ofAnyVerb = (rows: readonly UseRow[]): UseRow[] =>
  summed(rows.map(({ field, ...row }) => ({ ...row, field: optionOf(field) })));

const summed = (rows: readonly UseRow[]): UseRow[] =>
  Map.groupBy(rows, useText)
    .values()
    .map((same) => ({ ...(same[0] as UseRow), count: same.reduce((sum, { count }) => sum + count, 0) }))
    .toArray();

/** Those that were never used, without the fields of what was itself never used. */
function neverUsed(rows: readonly UseRow[]): UseRow[] {
  const zero = new Set(rows.flatMap((row) => (row.count === 0 ? [useText(row)] : [])));
  const follows = (field: string): boolean => {
    const names = field.split('.');
    return names.some((kind, i) => zero.has(useText({ field: names.slice(0, i).join('.') || 'op', kind })));
  };
  return rows.filter(({ field, count }) => count === 0 && !follows(field));
}

const fieldLines = (
  rows: readonly UseRow[],
  text: (field: string, own: readonly UseRow[]) => string,
): string[] => [...Map.groupBy(rows, ({ field }) => field)].map(([field, own]) => text(field, own));

const kindsText = (rows: readonly UseRow[]): string => rows.map(({ kind }) => kind).join(', ');

/** A line for each option with its kinds of values, whatever the verb; then what was never used at all, and what not by a verb. */
export function usesLines(rows: readonly UseRow[]): string[] {
  const options = ofAnyVerb(rows);
  const never = neverUsed(options);
  const isElsewhere = new Set(options.flatMap((row) => (row.count > 0 ? [useText(row)] : [])));
  const byVerb = neverUsed(rows).filter((row) =>
    ofAnyVerb([row]).every((one) => isElsewhere.has(useText(one))),
  );
  return [
    ...fieldLines(
      options,
      (field, own) => `${field.padEnd(24)} ${own.map(({ kind, count }) => `${kind} ${count}`).join(', ')}`,
    ),
    ...fieldLines(byVerb, (field, own) => `not used by a verb  ${field}: ${kindsText(own)}`),
    ...fieldLines(never, (field, own) => `NEVER USED  ${field}: ${kindsText(own)}`),
  ];
}
