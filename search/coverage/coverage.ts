import { z } from 'zod';
import { parseJson } from '../../files/json.ts';
import { type Event, type History, ownEvents } from '../../program/history.ts';
import { goalsOf, goalText, keyText } from './guide/goal.ts';
import { usesOf } from './uses.ts';

const FORMAT = 3;

const counts = z.record(z.string(), z.int().min(0));
/** Formats 1 and 2 had pairs of steps in a row beside the keys: they guide nothing any more and are dropped. */
const tableSchema = z.discriminatedUnion('format', [
  z.strictObject({ format: z.literal([1, 2]), keys: counts, pairs: counts }),
  z.strictObject({ format: z.literal(FORMAT), keys: counts, uses: counts.optional() }),
]);

/** What was executed how often, by keys of steps. */
export interface CoverageTable {
  readonly keys: ReadonlyMap<string, number>;
  /** Times a coverage goal was tried; see `goalText`. */
  tried(goal: string): number;
  add(key: string, times: number): void;
  /** Options and kinds of values that drawn programs have used, as `useText` has them. */
  readonly uses: ReadonlyMap<string, number>;
  use(text: string, times: number): void;
}

/** A table with the given counts. */
export function coverageTable(
  oldKeys: ReadonlyMap<string, number> = new Map(),
  oldUses: ReadonlyMap<string, number> = new Map(),
): CoverageTable {
  const uses = new Map(oldUses);
  const keys = new Map<string, number>();
  const goals = new Map<string, number>();
  const add = (key: string, times: number): void => {
    increase(keys, key, times);
    for (const goal of goalsOf(key)) increase(goals, goalText(goal), times);
  };
  for (const [key, times] of oldKeys) add(key, times);
  return {
    keys,
    tried: (goal) => goals.get(goal) ?? 0,
    add,
    uses,
    use: (text, times) => increase(uses, text, times),
  };
}

const increase = (counts: Map<string, number>, key: string, times: number): void => {
  counts.set(key, (counts.get(key) ?? 0) + times);
};

/** Counts every executed step of a run. */
export function addHistory(table: CoverageTable, history: Pick<History, 'events' | 'program'>): void {
  for (const event of ownEvents(history)) table.add(keyOf(event), 1);
}

/** Counts what the executed steps of a drawn program use. */
export function addUses(table: CoverageTable, history: Pick<History, 'events' | 'program'>): void {
  for (const [text, times] of usesOf(ownEvents(history).map(({ step }) => step))) table.use(text, times);
}

/** An answer that no outcome fitted is counted too: it says that the state was reached. */
const keyOf = (event: Event): string => keyText(event.step, event.situation, event.matched ?? 'disagreed');

/** The table as the text of a file; equal tables give equal texts. */
export function coverageToJson(table: CoverageTable): string {
  const uses = table.uses.size > 0 && { uses: sorted(table.uses) };
  return `${JSON.stringify({ format: FORMAT, keys: sorted(table.keys), ...uses }, null, 1)}\n`;
}

const sorted = (counts: ReadonlyMap<string, number>): Record<string, number> =>
  Object.fromEntries([...counts].sort(([a], [b]) => (a < b ? -1 : 1)));

/**
 * The table of a file.
 * @throws FileError that names the file when it is no coverage table of this format or an older one
 */
export function coverageFromJson(text: string, path: string): CoverageTable {
  const hint = `a coverage table of format ${FORMAT} is wanted: delete it to start a new one`;
  const { keys, ...told } = parseJson(path, text, { schema: tableSchema, hint });
  const uses = ('uses' in told && told.uses) || {};
  return coverageTable(new Map(Object.entries(keys)), new Map(Object.entries(uses)));
}
