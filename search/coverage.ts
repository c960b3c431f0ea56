import { z } from 'zod';
import type { Event, History } from '../run/history.ts';
import { type CoverageKey, type CoverageView, keyParts, keyText } from './coverage-key.ts';
import { ownEvents } from './own-events.ts';

const FORMAT = 1;
/** Pairs kept at most; further new ones are not counted, so that a long campaign's table stays small. */
const MAX_PAIRS = 50_000;
const BETWEEN = ' -> ';

const counts = z.record(z.string(), z.int().min(0));
const tableSchema = z.strictObject({ format: z.literal(FORMAT), keys: counts, pairs: counts });

/** What was executed how often: command by surface, situation and outcome, and which followed which. */
export interface CoverageTable extends CoverageView {
  readonly keys: Map<string, number>;
  readonly pairs: Map<string, number>;
}

/** A table with the given counts. */
export function coverageTable(
  keys = new Map<string, number>(),
  pairs = new Map<string, number>(),
): CoverageTable {
  return { keys, pairs, count: (key) => keys.get(key) ?? 0 };
}

/** Counts every executed step of a run, and every two in a row. */
export function addHistory(table: CoverageTable, history: Pick<History, 'events' | 'program'>): void {
  let previous: string | null = null;
  for (const event of ownEvents(history)) {
    const key = keyOf(event);
    add(table.keys, key, 1);
    if (previous !== null) addPair(table, previous + BETWEEN + key, 1);
    previous = key;
  }
}

/** An answer that no outcome fitted is counted too: it says that the state was reached. */
const keyOf = (event: Event): string => keyText(event.step, event.situation, event.matched ?? 'disagreed');

function add(table: Map<string, number>, key: string, count: number): void {
  table.set(key, (table.get(key) ?? 0) + count);
}

function addPair(table: CoverageTable, pair: string, count: number): void {
  if (table.pairs.size < MAX_PAIRS || table.pairs.has(pair)) add(table.pairs, pair, count);
}

/** Adds the counts of another table, such as another machine's. */
export function mergeCoverage(into: CoverageTable, from: CoverageTable): void {
  for (const [key, count] of from.keys) add(into.keys, key, count);
  for (const [pair, count] of from.pairs) addPair(into, pair, count);
}

/** One line of the report's table. */
export interface CoverageRow extends CoverageKey {
  count: number;
}

/** All counts by command, surface, situation and outcome, in the order of the alphabet. */
export function coverageRows(table: CoverageTable): CoverageRow[] {
  return sortedKeys(table.keys).map((key) => ({ ...keyParts(key), count: table.count(key) }));
}

/** The table as the text of a file; equal tables give equal texts. */
export function coverageToJson(table: CoverageTable): string {
  const sorted = (map: Map<string, number>) =>
    Object.fromEntries(sortedKeys(map).map((key) => [key, map.get(key)]));
  return `${JSON.stringify({ format: FORMAT, keys: sorted(table.keys), pairs: sorted(table.pairs) }, null, 1)}\n`;
}

/**
 * The table of a file.
 * @throws Error that names the file when it is no coverage table of this format
 */
export function coverageFromJson(text: string, path: string): CoverageTable {
  const parsed = tableSchema.safeParse(jsonOrNull(text));
  if (!parsed.success) {
    throw new Error(`${path}: no coverage table of format ${FORMAT}; delete it to start a new one`);
  }
  const { keys, pairs } = parsed.data;
  return coverageTable(new Map(Object.entries(keys)), new Map(Object.entries(pairs)));
}

function jsonOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

const sortedKeys = (map: Map<string, number>): string[] => [...map.keys()].sort();
