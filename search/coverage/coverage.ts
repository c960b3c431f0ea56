import { z } from 'zod';
import { parseJson } from '../../files/json.ts';
import type { Event, History } from '../../program/history.ts';
import { ownEvents } from '../../program/own-events.ts';
import { boxesByHandle } from '../generate/handles.ts';
import { type CoverageKey, type CoverageView, keyParts, keyText } from './coverage-key.ts';
import { cellText, goalsOf } from './guide/goal.ts';
import { moveText, pairText } from './guide/moves.ts';

const FORMAT = 2;
/** Pairs kept at most; further new ones are not counted, so that a long campaign's table stays small. */
const MAX_PAIRS = 50_000;

const counts = z.record(z.string(), z.int().min(0));
/** Format 1 had pairs of keys in a row on any boxes, of which nothing can be told for one box: they are dropped. */
const tableSchema = z.discriminatedUnion('format', [
  z.strictObject({ format: z.literal(1), keys: counts, pairs: counts }),
  z.strictObject({ format: z.literal(FORMAT), keys: counts, pairs: counts }),
]);

/** What was executed how often: keys of steps, and which moves followed which on one box. */
export interface CoverageTable extends CoverageView {
  readonly keys: ReadonlyMap<string, number>;
  readonly pairs: ReadonlyMap<string, number>;
  /** Times a key was seen. */
  count(key: string): number;
  add(key: string, times: number): void;
  addPair(pair: string, times: number): void;
}

/** A table with the given counts. */
export function coverageTable(
  oldKeys: ReadonlyMap<string, number> = new Map(),
  oldPairs: ReadonlyMap<string, number> = new Map(),
): CoverageTable {
  const keys = new Map<string, number>();
  const goals = new Map<string, number>();
  const pairs = new Map(oldPairs);
  const add = (key: string, times: number): void => {
    increase(keys, key, times);
    for (const goal of goalsOf(key)) increase(goals, cellText(goal), times);
  };
  for (const [key, times] of oldKeys) add(key, times);
  return {
    keys,
    pairs,
    count: (key) => keys.get(key) ?? 0,
    tried: (goal) => goals.get(goal) ?? 0,
    followed: (pair) => pairs.get(pair) ?? 0,
    add,
    addPair: (pair, times) => {
      if (pairs.size < MAX_PAIRS || pairs.has(pair)) increase(pairs, pair, times);
    },
  };
}

const increase = (counts: Map<string, number>, key: string, times: number): void => {
  counts.set(key, (counts.get(key) ?? 0) + times);
};

/** Counts every executed step of a run, and every two in a row on one box that were not refused. */
export function addHistory(table: CoverageTable, history: Pick<History, 'events' | 'program'>): void {
  const boxOf = boxesByHandle(history.program.steps);
  const last = new Map<string, string>();
  for (const event of ownEvents(history)) {
    const key = keyOf(event);
    table.add(key, 1);
    if (goalsOf(key)[0]?.answer !== 'allowed') continue;
    const move = moveText(event.step, event.situation);
    for (const box of boxOf(event.step)) {
      const before = last.get(box);
      if (before !== undefined) table.addPair(pairText(before, move), 1);
      last.set(box, move);
    }
  }
}

/** An answer that no outcome fitted is counted too: it says that the state was reached. */
const keyOf = (event: Event): string => keyText(event.step, event.situation, event.matched ?? 'disagreed');

/** Adds the counts of another table, such as another machine's. */
export function mergeCoverage(into: CoverageTable, from: CoverageTable): void {
  for (const [key, times] of from.keys) into.add(key, times);
  for (const [pair, times] of from.pairs) into.addPair(pair, times);
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
  const sorted = (map: ReadonlyMap<string, number>) =>
    Object.fromEntries(sortedKeys(map).map((key) => [key, map.get(key)]));
  return `${JSON.stringify({ format: FORMAT, keys: sorted(table.keys), pairs: sorted(table.pairs) }, null, 1)}\n`;
}

/**
 * The table of a file.
 * @throws FileError that names the file when it is no coverage table of this format
 */
export function coverageFromJson(text: string, path: string): CoverageTable {
  const hint = `a coverage table of format ${FORMAT} is wanted: delete it to start a new one`;
  const { format, keys, pairs } = parseJson(path, text, { schema: tableSchema, hint });
  return coverageTable(
    new Map(Object.entries(keys)),
    new Map(format === FORMAT ? Object.entries(pairs) : []),
  );
}

const sortedKeys = (map: ReadonlyMap<string, number>): string[] => [...map.keys()].sort();
