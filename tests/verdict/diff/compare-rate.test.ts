import { describe, expect, test } from 'vitest';
import type { Failure } from '../../../program/failure.ts';
import type { History } from '../../../program/history.ts';
import { classes, compareRuns, type DifferenceClass, isOpen, observe } from '../../../verdict/diff.ts';
import type { Rate } from '../../../verdict/rate.ts';
import { eventOf, historyOf } from './arbitrary.ts';
import { sides } from './compared.ts';

const rate: Rate = { same: 2, runs: 3 };
const place = { at: 0, step: { op: 'inspect', via: 'rest', on: 'box1' }, situation: 'any' } as const;
const failed = (failure: Failure): History =>
  historyOf([eventOf(0, { is: 'done' })], { ending: { is: 'failed', failure } });
const wrong = (detail: string) => failed({ kind: 'oracle', oracle: 'broken-answer', detail, ...place });
const stale = failed({ kind: 'stale-mark', id: 'a-mark', detail: '', ...place });
const passed = (matched = 'usual', id?: string) =>
  historyOf([eventOf(0, id ? { is: 'done', id } : { is: 'done' }, { matched })]);

/** The differences of two runs, of which the first was tried more often, or both were. */
function rated(a: History, b: History, aRate?: Rate, bRate?: Rate) {
  const seen = (run: History, of?: Rate) => observe(run, ({ is }) => is, of);
  const found = compareRuns(seen(a, aRate), seen(b, bRate), sides);
  if (typeof found === 'string') throw new Error(found);
  return found.differences;
}

describe('how often it showed', () => {
  test.each<[DifferenceClass, History, History]>([
    ['contradiction', wrong('lost'), passed()],
    ['stale-mark', stale, passed()],
  ])('is told of what one side alone does wrong: %s', (is, a, b) => {
    expect(rated(a, b, rate)).toMatchObject([{ class: is, rate }]);
    expect(rated(b, a, undefined, rate)).toMatchObject([{ class: is, rate }]);
  });

  test.each<[DifferenceClass, History, History]>([
    ['both-contradict', wrong('lost'), wrong('gone')],
    ['both-alike', wrong('lost'), wrong('lost')],
    ['within', passed(), passed('usual', 'AbCdEfGhIjKl')],
    ['either', passed(), passed('other')],
    ['known', passed(), passed('known:a-mark')],
  ])('is not told where it is about both sides, or nothing is wrong: %s', (is, a, b) => {
    const [one] = rated(a, b, rate);
    expect(one?.class).toBe(is);
    expect(one).not.toHaveProperty('rate');
  });

  test('is not told where nobody tried', () => {
    expect(rated(wrong('lost'), passed())[0]).not.toHaveProperty('rate');
  });
});

test('open are the differences that nothing explains', () => {
  expect(classes.filter(isOpen)).toEqual(['contradiction', 'both-contradict', 'stale-mark']);
});

test('a run says something about its runtime unless the machine spoilt it or somebody stopped it', () => {
  const why = (ending: History['ending']) => observe({ ...passed(), ending }, ({ is }) => is).unjudged;
  expect(why({ is: 'passed' })).toBeUndefined();
  expect(why(stale.ending)).toBeUndefined();
  expect(why({ is: 'infrastructure', why: 'lost' })).toBe('infrastructure: lost');
  expect(why({ is: 'interrupted' })).toBe('interrupted');
});
