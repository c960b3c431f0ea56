import { describe, expect, it } from 'vitest';
import { keyAt, levels } from '../../bench/reach/about.ts';
import { cellSets } from '../../bench/reach/cells.ts';
import { explore } from '../../bench/reach/explore.ts';
import { addLast, inRow, noGrams } from '../../bench/reach/grams.ts';
import type { Measure } from '../../bench/reach/measures.ts';
import { coverBySearch } from '../../bench/reach/search.ts';
import { coverByStock } from '../../bench/reach/stock.ts';
import { coverageLosses, coveredLess, ours } from '../../bench/reach/targets.ts';
import { universeOf } from '../../bench/reach/universe.ts';
import { emptyWorld } from '../../model/world.ts';

const edge = (from: number, to: number, key: string | null) => ({
  from,
  to,
  keys: { full: key, status: key, lifecycle: key, verbs: key },
});

describe('universeOf', () => {
  it('has every pair and triple that some way shows, and no other', () => {
    const { singles, pairs, triples } = universeOf(
      { edges: [edge(0, 1, 'a'), edge(1, 1, 'b'), edge(1, 2, 'c')] },
      'full',
    );
    expect([...singles].sort()).toEqual(['a', 'b', 'c']);
    expect([...pairs].sort()).toEqual(['a > b', 'a > c', 'b > b', 'b > c']);
    expect([...triples].sort()).toEqual(['a > b > b', 'a > b > c', 'b > b > b', 'b > b > c']);
  });

  it('passes over what a level does not count', () => {
    const { pairs, triples } = universeOf(
      { edges: [edge(0, 1, 'a'), edge(1, 2, null), edge(2, 3, null), edge(3, 4, 'b'), edge(4, 4, 'c')] },
      'full',
    );
    expect([...pairs].sort()).toEqual(['a > b', 'b > c', 'c > c']);
    expect([...triples].sort()).toEqual(['a > b > c', 'b > c > c', 'c > c > c']);
  });
});

describe('exploring the model', () => {
  const graph = explore({ execs: 0, attaches: 1, states: 3000 });

  it('reaches every status of a box', () => {
    const { singles } = universeOf(graph, 'verbs');
    for (const key of ['create|new', 'start|configured', 'stop|running', 'start|stopped', 'rm|failed'])
      expect(singles).toContain(key);
    expect(graph.cut).toBe(false);
  });

  it('knows the pairs that a campaign meets', async () => {
    const met = await coverBySearch({ seed: 3, minutes: 5, levels: ['verbs'], guided: 1 });
    expect(met.commands).toBeGreaterThan(50);
    const known = universeOf(graph, 'verbs').pairs;
    expect(met.grams.verbs.pairs.size).toBeGreaterThan(3);
    expect([...met.grams.verbs.pairs].filter((pair) => !known.has(pair))).toEqual([]);
  });
});

it('counts what the last key completes', () => {
  const grams = noGrams();
  addLast(grams, ['a']);
  addLast(grams, ['a', 'b']);
  addLast(grams, ['a', 'b', 'c', 'd']);
  expect([...grams.singles]).toEqual(['a', 'b', 'd']);
  expect([...grams.pairs]).toEqual([inRow(['a', 'b']), inRow(['c', 'd'])]);
  expect([...grams.triples]).toEqual([inRow(['b', 'c', 'd'])]);
});

it('tells a step the coarser the further down the levels', () => {
  const step = { op: 'run', via: 'cli', as: 'box1', main: { do: 'blob' } } as const;
  expect(levels.map((level) => keyAt(level, emptyWorld, step, 'box1'))).toEqual([
    'run|cli|job:blob',
    'run|cli|new',
    'run|cli|new',
    'run|new',
  ]);
  const list = { op: 'inspect', via: 'rest', on: 'box1' } as const;
  expect(keyAt('lifecycle', emptyWorld, list, 'box1')).toBeNull();
});

it('counts what fc.commands skips', async () => {
  const met = await coverByStock({ seed: 1, minutes: 0.2, levels: ['verbs'], shape: {} });
  expect(met.skipped).toBeGreaterThan(0.2);
  expect(met.commands).toBeGreaterThan(8);
});

const measure = (all: number): Measure => ({
  table: 'status',
  column: 'pairs',
  all,
  met: () => 0,
  targets: [{ minutes: 10, share: 0.8 }],
});
const covered = (tool: string, of: Measure, count: number) => ({
  tool,
  minutes: 10,
  met: new Map([[of, count]]),
});

it('tells a missed target, and whether it could have been met', () => {
  const few = measure(10);
  const many = measure(10_000);
  expect(coverageLosses([covered(ours, few, 8)], [few])).toEqual([]);
  expect(coverageLosses([covered(ours, few, 5)], [few])[0]).toContain('50 % of 10 in 10 min');
  expect(coverageLosses([covered(ours, many, 5)], [many])[0]).toContain('out of reach');
  expect(coverageLosses([covered('fc.commands', few, 5)], [few])).toEqual([]);
});

it('tells where another tool covers more in the same time', () => {
  const some = measure(10);
  const mine = covered(ours, some, 5);
  expect(coveredLess([mine, covered('fc.commands', some, 5)], [some])).toEqual([]);
  expect(coveredLess([mine, covered('fc.commands', some, 6)], [some])).toEqual([
    'status, pairs: fc.commands covers 6 in 10 min, boxcheck --guided 1 5',
  ]);
  expect(coveredLess([mine, { ...covered('fc.commands', some, 6), minutes: 60 }], [some])).toEqual([]);
});

it('takes any two and all three of verb, surface and state', () => {
  const sets = cellSets(
    ['stop | cli | job/running | allowed', 'stop | cli | sandbox/running | allowed'],
    'status',
  );
  expect([...sets.triples]).toEqual(['stop | cli | running | allowed']);
  expect([...sets.pairs]).toEqual([
    'stop | cli | * | allowed',
    'stop | * | running | allowed',
    '* | cli | running | allowed',
  ]);
  expect(cellSets(['stop | cli | job/running | allowed'], 'situation').triples).toContain(
    'stop | cli | job/running | allowed',
  );
});
