import { describe, expect, it } from 'vitest';
import { keyAt, levels } from '../../bench/reach/about.ts';
import { explore } from '../../bench/reach/explore.ts';
import { addLast, inRow, noGrams } from '../../bench/reach/grams.ts';
import { coverBySearch } from '../../bench/reach/search.ts';
import { coverByStock } from '../../bench/reach/stock.ts';
import { coverageLosses, coveredLess } from '../../bench/reach/targets.ts';
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
  const graph = explore({ execs: 0, attaches: 0, states: 400 });

  it('reaches every status of a box', () => {
    const { singles } = universeOf(graph, 'verbs');
    for (const key of ['create|new', 'start|configured', 'stop|running', 'start|stopped', 'rm|failed'])
      expect(singles).toContain(key);
    expect(graph.cut).toBe(false);
  });

  it('knows the pairs that a campaign meets', async () => {
    const met = await coverBySearch({ seed: 3, minutes: 2, levels: ['verbs'], guided: true });
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

it('tells a missed target, and whether it could have been met', () => {
  const grams = (pairs: number) => {
    const all = noGrams();
    for (let i = 0; i < pairs; i++) all.pairs.add(String(i));
    return Object.fromEntries(levels.map((level) => [level, all])) as never;
  };
  const met = { tool: 'boxcheck', minutes: 10, programs: 1, commands: 1, boots: 1, grams: grams(5) };
  expect(coverageLosses([met], grams(5)).filter((loss) => loss.includes('pairs'))).toEqual([]);
  expect(coverageLosses([met], grams(10))[0]).toContain('50 % of the 10 pairs');
  expect(coverageLosses([met], grams(10_000))[0]).toContain('out of reach');
  expect(coverageLosses([{ ...met, tool: 'fc.commands' }], grams(10))).toEqual([]);
  const other = { ...met, tool: 'fc.commands' };
  expect(coveredLess([met, other], grams(10))).toEqual([]);
  expect(coveredLess([met, { ...other, grams: grams(6) }], grams(10))[0]).toContain(
    'covers 6 pairs in 10 min',
  );
});
