import { describe, expect, it } from 'vitest';
import type { Event, History } from '../../../program/history.ts';
import type { Step } from '../../../program/step.ts';
import {
  addHistory,
  coverageFromJson,
  coverageRows,
  coverageTable,
  coverageToJson,
  mergeCoverage,
} from '../../../search/coverage/coverage.ts';

const event = (index: number, matched: string | null, situation = 'job/running'): Event => ({
  index,
  step: { op: 'inspect', via: 'rest', on: 'box1' },
  situation,
  allowed: [],
  seen: { is: 'done' },
  matched,
  startedMs: 0,
  runtimeMs: 0,
  harnessMs: 0,
});

const step: Step = { op: 'inspect', via: 'rest', on: 'box1' };
const history = (...events: Event[]): Pick<History, 'events' | 'program'> => ({
  events,
  program: { format: 1, contract: '0.10.7', steps: [step, step, step] },
});

describe('coverage', () => {
  it('does not count what oracles looked at on the way and at the end', () => {
    const table = coverageTable();
    addHistory(table, history(event(0, 'shown'), event(0, 'look'), event(1, 'shown'), event(3, 'look')));
    expect(coverageRows(table).map(({ outcome, count }) => [outcome, count])).toEqual([['shown', 2]]);
  });

  it('counts command, surface, situation and outcome, and what followed what', () => {
    const table = coverageTable();
    addHistory(table, history(event(0, 'shown'), event(1, 'shown'), event(2, null)));
    expect(coverageRows(table)).toEqual([
      { op: 'inspect', via: 'rest', situation: 'job/running', outcome: 'disagreed', count: 1 },
      { op: 'inspect', via: 'rest', situation: 'job/running', outcome: 'shown', count: 2 },
    ]);
    expect([...table.pairs]).toEqual([['inspect|rest|running > inspect|rest|running', 2]]);
    expect(table.tried('inspect | rest | job/running | allowed')).toBe(3);
    expect(table.tried('inspect | rest | job/running | refused')).toBe(1);
    expect(table.count('inspect | rest | job/running | shown')).toBe(2);
    expect(table.count('never')).toBe(0);
  });

  it('survives its file and merges', () => {
    const table = coverageTable();
    addHistory(table, history(event(0, 'shown'), event(1, 'refused:unknown-box', 'removed')));
    const read = coverageFromJson(coverageToJson(table), 'coverage.json');
    expect(coverageRows(read)).toEqual(coverageRows(table));
    mergeCoverage(read, table);
    expect(coverageRows(read).map((row) => row.count)).toEqual([2, 2]);
  });

  it('merges what followed what', () => {
    const [table, other] = [coverageTable(), coverageTable()];
    table.addPair('a > b', 2);
    other.addPair('a > b', 3);
    other.addPair('b > a', 1);
    mergeCoverage(table, other);
    expect(['a > b', 'b > a', 'c > a'].map(table.followed)).toEqual([5, 1, 0]);
    expect([...coverageFromJson(coverageToJson(table), 'coverage.json').pairs]).toEqual([...table.pairs]);
  });

  it('keeps fifty thousand pairs, and goes on counting those', () => {
    const pairs = new Map(Array.from({ length: 50_000 }, (_, i) => [`${i} > x`, 1]));
    const table = coverageTable(new Map(), pairs);
    table.addPair('one > more', 1);
    table.addPair('7 > x', 4);
    expect([table.followed('one > more'), table.followed('7 > x')]).toEqual([0, 5]);
  });

  it('keeps the keys of a file of format 1, whose pairs were of any boxes', () => {
    const keys = { 'stop | cli | job/running | stopped': 3 };
    const old = JSON.stringify({ format: 1, keys, pairs: { 'a -> b': 2 } });
    const read = coverageFromJson(old, 'coverage.json');
    expect(read.tried('stop | cli | job/running | allowed')).toBe(3);
    expect(read.pairs.size).toBe(0);
    expect(coverageToJson(read)).toContain('"format": 2');
  });

  it('pairs what follows on one box only, through its executions and attaches', () => {
    const steps: Step[] = [
      { op: 'run', via: 'rest', as: 'box1' },
      { op: 'run', via: 'rest', as: 'box2' },
      { op: 'spawn', via: 'rest', on: 'box1', as: 'exec1', work: { do: 'cat' } },
      { op: 'attach', as: 'att1', exec: 'exec1' },
      { op: 'read', attach: 'att1' },
    ];
    const situations = [
      'sandbox',
      'sandbox',
      'sandbox/running',
      'exec/running@running',
      'att/open:exec/running@running',
    ];
    const events = steps.map((each, i) => ({ ...event(i, 'done', situations[i]), step: each }));
    const table = coverageTable();
    addHistory(table, { events, program: { format: 1, contract: '0.10.7', steps } });
    expect([...table.pairs.keys()]).toEqual([
      'run|rest|new > spawn|rest|running',
      'spawn|rest|running > attach|rest|running',
      'attach|rest|running > read|rest|running',
    ]);
  });

  it('says which file is no table', () => {
    expect(() => coverageFromJson('{"format":3}', 'out/coverage.json')).toThrow(
      /out\/coverage\.json.*format 2/u,
    );
    expect(() => coverageFromJson('nonsense', 'out/coverage.json')).toThrow(/out\/coverage\.json/u);
  });
});
