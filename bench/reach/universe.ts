import type { Level } from './about.ts';
import type { Edge, StateGraph } from './explore.ts';
import { type Grams, inRow, noGrams } from './grams.ts';

/**
 * Every single key, pair and triple in a row that some way through the graph shows. Steps that a level does not
 * count are passed over, as they are when a program is tallied.
 */
export function universeOf(graph: Pick<StateGraph, 'edges'>, level: Level): Grams {
  const grams = noGrams();
  const counted = contract(graph.edges, level);
  const into = keysBy(counted, (edge) => edge.to);
  const outOf = keysBy(counted, (edge) => edge.from);
  const ends = new Map<string, Set<string>>();
  for (const { key, from, to } of counted) {
    grams.singles.add(key);
    for (const third of outOf.get(to) ?? []) grams.pairs.add(inRow([key, third]));
    for (const first of into.get(from) ?? []) {
      const pair = inRow([first, key]);
      const thirds = ends.get(pair) ?? new Set();
      ends.set(pair, thirds);
      for (const third of outOf.get(to) ?? []) thirds.add(third);
    }
  }
  for (const [pair, thirds] of ends) for (const third of thirds) grams.triples.add(inRow([pair, third]));
  return grams;
}

interface Counted {
  readonly from: number;
  readonly to: number;
  readonly key: string;
}

/**
 * Edges of counted steps, each from wherever a counted step (or the beginning) leads, over any number of
 * uncounted ones.
 */
function contract(edges: readonly Edge[], level: Level): Counted[] {
  const loud = edges.flatMap(({ from, to, keys }) =>
    keys[level] === null ? [] : [{ from, to, key: keys[level] }],
  );
  const reach = closure(edges.filter(({ keys }) => keys[level] === null));
  const byStart = Map.groupBy(loud, ({ from }) => from);
  return [...new Set([0, ...loud.map(({ to }) => to)])].flatMap((from) => {
    const found = new Map<string, Map<number, Counted>>();
    for (const via of [from, ...(reach.get(from) ?? [])]) {
      for (const { to, key } of byStart.get(via) ?? []) {
        const ofKey = found.get(key) ?? new Map<number, Counted>();
        found.set(key, ofKey.set(to, { from, to, key }));
      }
    }
    return [...found.values()].flatMap((ofKey) => [...ofKey.values()]);
  });
}

/** Everything that can be reached over these edges, by start. */
function closure(edges: readonly Pick<Edge, 'from' | 'to'>[]): Map<number, Set<number>> {
  const next = Map.groupBy(edges, ({ from }) => from);
  const reach = new Map<number, Set<number>>();
  for (const start of next.keys()) {
    const seen = new Set<number>();
    const queue = [start];
    for (let at = queue.pop(); at !== undefined; at = queue.pop()) {
      for (const { to } of next.get(at) ?? []) if (!seen.has(to) && seen.add(to)) queue.push(to);
    }
    reach.set(start, seen);
  }
  return reach;
}

function keysBy(edges: readonly Counted[], stateOf: (edge: Counted) => number): Map<number, Set<string>> {
  const keys = new Map<number, Set<string>>();
  for (const edge of edges) {
    const set = keys.get(stateOf(edge)) ?? new Set();
    keys.set(stateOf(edge), set.add(edge.key));
  }
  return keys;
}
