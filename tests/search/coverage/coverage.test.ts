import { describe, expect, it } from 'vitest';
import type { Event, History } from '../../../program/history.ts';
import type { Step } from '../../../program/step.ts';
import {
  addHistory,
  addUses,
  coverageFromJson,
  coverageTable,
  coverageToJson,
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
    expect([...table.keys]).toEqual([['inspect | rest | job/running | shown', 2]]);
  });

  it('counts command, surface, situation and outcome', () => {
    const table = coverageTable();
    addHistory(table, history(event(0, 'shown'), event(1, 'shown'), event(2, null)));
    expect(Object.fromEntries(table.keys)).toEqual({
      'inspect | rest | job/running | disagreed': 1,
      'inspect | rest | job/running | shown': 2,
    });
    expect(table.tried('inspect | rest | job/running | allowed')).toBe(3);
    expect(table.tried('inspect | rest | job/running | refused')).toBe(1);
    expect(table.tried('never')).toBe(0);
  });

  it('survives its file', () => {
    const table = coverageTable();
    addHistory(table, history(event(0, 'shown'), event(1, 'refused:unknown-box', 'removed')));
    const read = coverageFromJson(coverageToJson(table), 'coverage.json');
    expect(new Map(read.keys)).toEqual(new Map(table.keys));
    expect(coverageToJson(read)).toBe(coverageToJson(table));
  });

  it('keeps what drawn programs used, of the steps that were executed', () => {
    const table = coverageTable();
    addUses(table, history(event(0, 'shown'), event(0, 'look'), event(1, 'shown')));
    const used = { 'op: inspect': 2, 'inspect.via: rest': 2 };
    expect(Object.fromEntries(table.uses)).toEqual(used);
    const read = coverageFromJson(coverageToJson(table), 'coverage.json');
    read.use('op: inspect', 3);
    expect(Object.fromEntries(read.uses)).toEqual({ ...used, 'op: inspect': 5 });
  });

  it('reads a file of before options were counted', () => {
    const read = coverageFromJson('{"format":3,"keys":{}}', 'coverage.json');
    expect(read.uses.size).toBe(0);
    expect(coverageToJson(read)).not.toContain('uses');
  });

  it.each([1, 2])('keeps the keys of a file of format %i, and drops its pairs', (format) => {
    const keys = { 'stop | cli | job/running | stopped': 3 };
    const old = JSON.stringify({ format, keys, pairs: { 'a > b': 2 } });
    const read = coverageFromJson(old, 'coverage.json');
    expect(read.tried('stop | cli | job/running | allowed')).toBe(3);
    expect(JSON.parse(coverageToJson(read))).toEqual({ format: 3, keys });
  });

  it('says which file is no table', () => {
    expect(() => coverageFromJson('{"format":4}', 'out/coverage.json')).toThrow(
      /out\/coverage\.json.*format 3/u,
    );
    expect(() => coverageFromJson('nonsense', 'out/coverage.json')).toThrow(/out\/coverage\.json/u);
  });
});
