import { describe, expect, it } from 'vitest';
import { optionsFrom } from '../../bench/options.ts';
import { seededChance } from '../../bench/planted/chance.ts';
import { fixed, mean, percent, slope } from '../../bench/report/numbers.ts';
import { reportLines, tableLines } from '../../bench/report/print.ts';
import { shrinkLosses } from '../../bench/shrink/targets.ts';
import { seconds } from '../../bench/simulated/price.ts';
import { play } from '../../bench/simulated/runtime.ts';
import { flakyTrials } from '../../bench/verdicts/flaky.ts';
import type { Step } from '../../program/step.ts';

const parts = [
  { name: 'one', about: 'the first' },
  { name: 'two', about: 'the second' },
];

describe('options', () => {
  it('takes all parts unless told otherwise, in their own order', () => {
    expect(optionsFrom([], parts)).toMatchObject({ only: ['one', 'two'], quick: false, minutes: 60 });
    expect(optionsFrom(['--only', 'two,one', '--quick'], parts)).toMatchObject({
      only: ['one', 'two'],
      minutes: 1,
    });
  });

  it('names the part that does not exist, and those that do', () => {
    const said: string[] = [];
    expect(() => optionsFrom(['--only', 'three'], parts, (text) => said.push(text))).toThrow();
    expect(said.join('')).toMatch(/three.*one, two/s);
  });
});

describe('numbers', () => {
  it('knows the slope of a line, and of nothing', () => {
    expect(slope([0, 1, 2, 3].map((x) => [x, 5 + 2 * x] as const))).toBeCloseTo(2);
    expect(slope([[1, 1]])).toBe(0);
    expect(slope([])).toBe(0);
  });

  it('prints nothing as a dash', () => {
    expect([fixed(mean([])), percent(Number.NaN), fixed(3.04), fixed(123.4), percent(0.996)]).toEqual([
      '-',
      '-',
      '3',
      '123',
      '99.6 %',
    ]);
  });
});

it('prints numbers to the right, and losses as losses', () => {
  expect(
    tableLines({
      head: ['tool', 'runs'],
      rows: [
        ['a', '5'],
        ['bcdef', '17'],
      ],
    }),
  ).toEqual(['tool   runs', 'a         5', 'bcdef    17']);
  const lines = reportLines({
    part: 'p',
    measuredOn: 'the model',
    tables: [],
    losses: ['slower'],
    notes: [],
    data: null,
  });
  expect(lines).toContain('LOSS  slower');
  expect(lines.join('\n')).toContain('measured on the model');
});

describe('losses of shrinking', () => {
  const row = (tool: string, runs: number, steps = 5) => ({
    tool,
    steps: 20,
    needed: 5,
    efforts: [{ runs, runsToBest: 1, commands: runs, steps }],
  });

  it('are targets missed and rows in which somebody is better', () => {
    expect(shrinkLosses([row('boxcheck', 20), row('fc.commands', 90)])).toEqual([]);
    expect(shrinkLosses([row('boxcheck', 30), row('fc.commands', 90)])).toHaveLength(1);
    expect(shrinkLosses([row('boxcheck', 20, 6), row('fc.commands', 90)])).toHaveLength(2);
    expect(shrinkLosses([row('boxcheck', 20), row('fc.commands', 10)])).toHaveLength(2);
  });
});

describe('the price of a program', () => {
  const boots = (...steps: Step[]) => play({ format: 1, contract: '', steps }, () => {}).boots;

  it('counts boots by what the world says', () => {
    const run: Step = { op: 'run', via: 'rest', as: 'box1' };
    expect(boots(run)).toBe(1);
    expect(boots({ ...run, op: 'create' })).toBe(0);
    expect(boots(run, { op: 'restart', via: 'url', on: ['box1'] })).toBe(2);
    expect(boots({ ...run, op: 'create' }, { op: 'attach-main', as: 'att1', on: 'box1' })).toBe(1);
    expect(
      boots(
        { ...run, op: 'create' },
        { op: 'attach-main', as: 'att1', on: 'box1' },
        { op: 'start', via: 'rest', on: ['box1'] },
      ),
    ).toBe(1);
  });

  it('is in seconds', () => {
    expect(seconds({ boots: 2, commands: 5 })).toBeCloseTo(6);
  });
});

it('classifies failures of any rate', async () => {
  const signal = new AbortController().signal;
  const always = await flakyTrials(1, 5, seededChance(1), signal);
  expect(always.deterministic).toEqual({ count: 5, runs: 40 });
  const never = await flakyTrials(0, 5, seededChance(1), signal);
  expect(never['not-reproduced'].count).toBe(5);
  const some = await flakyTrials(0.3, 200, seededChance(1), signal);
  expect(some.flaky.count).toBeGreaterThan(190);
  expect(some.deterministic.count).toBe(0);
});
