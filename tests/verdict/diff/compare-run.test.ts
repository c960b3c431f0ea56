import { expect, test } from 'vitest';
import type { Observation } from '../../../domain/observation.ts';
import type { Failure } from '../../../program/failure.ts';
import type { History } from '../../../program/history.ts';
import { compareRuns, observe } from '../../../verdict/diff.ts';
import { eventOf, historyOf } from './arbitrary.ts';
import { classesOf, compared, look, sides } from './compared.ts';

const ended = { is: 'ended', code: 3, out: 'out\n', err: '' } as const;
const failure = (detail: string): Failure => ({
  kind: 'oracle',
  oracle: 'broken-answer',
  at: 1,
  step: { op: 'inspect', via: 'rest', on: 'box1' },
  detail,
  situation: 'job/running',
});
const broken: Observation = { is: 'broken', how: '5xx', status: 500, text: 'internal error' };
const fine = eventOf(0, { is: 'done', id: 'abcdefghijkl' });
const next = eventOf(1, ended);
const failed = (detail: string, events = [fine, eventOf(1, broken, { matched: null })]): History =>
  historyOf(events, { ending: { is: 'failed', failure: failure(detail) } });

const passed = historyOf([fine, next, eventOf(2, ended)]);

test('one side contradicts the contract: the other one agrees up to there, and is not blamed', () => {
  const found = compared(passed, failed('500'));
  expect(classesOf(found.differences)).toEqual(['contradiction']);
  expect(found.differences[0]).toMatchObject({ at: 1, op: 'inspect', via: 'rest' });
  expect(found.differences[0]?.what).toMatch(/^left fits \(usual\) \/ right broken-answer/u);
  expect(found).toMatchObject({ steps: 2, agreed: 1, unpaired: 2 });
});

test('both contradict it, alike or not', () => {
  expect(classesOf(compared(failed('500'), failed('500')).differences)).toEqual(['both-alike']);
  expect(classesOf(compared(failed('500'), failed('lost connection')).differences)).toEqual([
    'both-contradict',
  ]);
});

test('a known divergence of one side, and what comes of it', () => {
  const known = historyOf([
    { ...fine, matched: 'known:a-mark' },
    { ...next, allowed: [], matched: 'stopped' },
  ]);
  const found = compared(historyOf([fine, next]), known);
  expect(classesOf(found.differences)).toEqual(['known', 'apart']);
  expect(found.differences.map(({ what }) => what)).toEqual([
    'a-mark on right',
    'after known: inspect: a-mark on right',
  ]);
  expect(compared(known, known).differences).toEqual([]);
});

test('another outcome is allowed either way', () => {
  const found = compared(historyOf([fine]), historyOf([{ ...fine, matched: 'other' }]));
  expect(found.differences).toMatchObject([
    { class: 'either', what: 'left outcome usual / right outcome other' },
  ]);
});

test('two contracts explain that predictions differ', () => {
  const other = historyOf([{ ...fine, allowed: [], matched: 'refused' }]);
  const found = compared(historyOf([fine]), other, ['0.10.7', '0.10.0']);
  expect(found.differences).toMatchObject([
    { class: 'apart', what: 'after the contracts 0.10.7 and 0.10.0 differ' },
  ]);
});

test('a mark that no longer shows', () => {
  const stale: Failure = { ...(failure('') as object), kind: 'stale-mark', id: 'a-mark' } as Failure;
  const run = historyOf([fine, next], { ending: { is: 'failed', failure: stale } });
  expect(classesOf(compared(passed, run).differences)).toEqual(['stale-mark']);
});

test('something left at the end, known or not', () => {
  const leak = { ...failure('left behind: process x'), oracle: 'leak', at: 2, step: null } as Failure;
  const leaking = historyOf([fine, next], { ending: { is: 'failed', failure: leak } });
  const clean = historyOf([fine, next]);
  expect(compared(leaking, clean).differences).toMatchObject([{ class: 'contradiction', op: 'end', at: 2 }]);
  const knownLeak = historyOf([fine, next], { known: { 'a-leak': 1 } });
  expect(compared(knownLeak, clean).differences).toMatchObject([
    { class: 'known', op: 'end', what: 'a-leak on left' },
  ]);
});

test('a look at the boxes that only one side took is not set against another step', () => {
  const list = { op: 'list', via: 'rest', all: true } as const;
  const looked = historyOf([fine, eventOf(0, { is: 'boxes', boxes: [] }, { step: list }), next]);
  const program = { ...looked.program, steps: [fine.step, next.step] };
  const found = compared({ ...looked, program }, historyOf([fine, next]));
  expect(found.differences).toEqual([]);
  expect(found).toMatchObject({ steps: 3, unpaired: 1 });
});

test('a complaint where the other side never came is a contradiction', () => {
  const list = { op: 'list', via: 'rest', all: true } as const;
  const events = [fine, eventOf(0, broken, { step: list, matched: null })];
  const run = { ...failed('gone', events), program: historyOf([fine, next]).program };
  expect(compared(historyOf([fine, next]), run).differences).toMatchObject([
    { class: 'contradiction', seen: ['was not asked here', 'broken'] },
  ]);
});

test('what the machine spoilt, or the user stopped, is not compared', () => {
  const spoilt = historyOf([fine], { ending: { is: 'infrastructure', why: 'lost' } });
  const stopped = historyOf([fine], { ending: { is: 'interrupted' } });
  expect(compareRuns(look(passed), look(spoilt), sides)).toBe('right: infrastructure: lost');
  expect(compareRuns(look(stopped), look(passed), sides)).toBe('left: interrupted');
});

test('a contradiction carries how often it showed', () => {
  const run = observe(failed('500'), ({ is }) => is, { same: 2, runs: 3 });
  const found = compareRuns(look(passed), run, sides);
  expect(found).toMatchObject({ differences: [{ class: 'contradiction', rate: { same: 2, runs: 3 } }] });
});
