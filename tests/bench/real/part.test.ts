import { expect, it } from 'vitest';
import { findingRows, type LookedInto, type Ran, realLosses, speedRows } from '../../../bench/real/part.ts';

const ran = (each: Partial<Ran>): Ran => ({ steps: 20, boxes: 2, ms: 60_000, floorMs: 30_000, ...each });
const found = (each: Partial<LookedInto>): LookedInto => ({
  ...{ verdict: 'deterministic', from: 25, steps: 2, seconds: 100, boxes: 20 },
  ...each,
});

it('tells how much is run in an hour and how far that is from the floor', () => {
  const rows = new Map(
    speedRows([ran({}), ran({ steps: 10, boxes: 4 })]).map(([name, value]) => [name, value]),
  );
  expect(Object.fromEntries(rows)).toEqual({
    'programs an hour': '60',
    'steps an hour': '900',
    'boxes an hour': '180',
    'times the floor': '2',
  });
});

it('tells a dash for every figure where no program was run', () => {
  expect(speedRows([]).map(([, value]) => value)).toEqual(['-', '-', '-', '-']);
});

it('tells what a finding costs in the median and at most', () => {
  const rows = findingRows([
    found({}),
    found({ seconds: 300, boxes: 80 }),
    found({ verdict: 'flaky', seconds: 200 }),
  ]);
  expect(rows).toEqual([
    ['findings', '3'],
    ['deterministic', '2'],
    ['steps before and after, mean', '25, 2'],
    ['seconds a finding, median and most', '200, 300'],
    ['boxes a finding, median and most', '20, 80'],
  ]);
});

it('takes short deterministic failures that cost too much for losses, and no others', () => {
  expect(realLosses([found({}), found({ steps: 9, seconds: 900, boxes: 90 })])).toEqual([]);
  expect(realLosses([found({ seconds: 250, boxes: 31 })])).toEqual([
    'a finding of at most three steps: 250 s, target 240',
    'a finding of at most three steps: 31 boxes, target 30',
  ]);
  expect(realLosses([found({ verdict: 'flaky', seconds: 900 })])).toEqual([]);
});
