import { describe, expect, test } from 'vitest';
import type { Failure } from '../../../program/failure.ts';
import type { History } from '../../../program/history.ts';
import type { OracleName } from '../../../program/oracles.ts';
import type { Step } from '../../../program/step.ts';
import { eventOf, historyOf } from './arbitrary.ts';
import { look } from './compared.ts';

const events = [0, 1, 2].map((index) => eventOf(index, { is: 'done' }));
const rm: Step = { op: 'rm', via: 'cli', on: ['box1'], force: true };

const oracle = (name: OracleName, detail: string, step: Step | null = null): Failure => ({
  kind: 'oracle',
  oracle: name,
  at: 2,
  step,
  detail,
  situation: 'sandbox/running',
});
const failed = (failure: Failure, of = events): History =>
  historyOf(of, { ending: { is: 'failed', failure } });
const keysOf = (run: History): string[] => look(run).steps.map(({ key }) => key);
const endOf = (run: History) => look(run).steps.find(({ key }) => key === 'end');

describe('the end of a run', () => {
  const clean = {
    key: 'end',
    at: 3,
    op: 'end',
    via: '-',
    situation: 'after',
    predicted: '',
    matched: 'clean',
    fields: [],
    shown: 'nothing left',
  };

  test('is one more step, after which nothing is left', () => {
    expect(look(historyOf(events)).steps.at(-1)).toEqual(clean);
  });

  test('tells what is known to be left, in whatever order it was found', () => {
    const left = (...ids: string[]) =>
      endOf(historyOf(events, { known: Object.fromEntries(ids.map((id) => [id, 1])) }));
    expect(left('b-leak', 'a-leak')).toEqual({
      ...clean,
      matched: 'known:a-leak,b-leak',
      shown: 'a-leak, b-leak',
    });
    expect(left('a-leak', 'b-leak')).toEqual(left('b-leak', 'a-leak'));
  });

  test('does not tell a known divergence again that an answer showed', () => {
    const shown = eventOf(2, { is: 'done' }, { matched: 'known:a-mark' });
    const run = historyOf([...events.slice(0, 2), shown], { known: { 'a-mark': 1, 'a-leak': 1 } });
    expect(endOf(run)).toMatchObject({ matched: 'known:a-leak', shown: 'a-leak' });
  });

  test('is not there where the run did not come so far', () => {
    const run = (ending: History['ending'], cutShort = 0) => keysOf(historyOf(events, { ending, cutShort }));
    const own = ['0 own', '1 own', '2 own'];
    expect(run({ is: 'passed' }, 1)).toEqual(own);
    expect(run({ is: 'interrupted' })).toEqual(own);
    expect(run({ is: 'failed', failure: oracle('views-disagree', 'x') })).toEqual(own);
  });

  test.each(['leak', 'cleanup'] as const)('holds the complaint of a run that failed there: %s', (name) => {
    const run = look(failed(oracle(name, 'left behind: process 17 x')));
    expect(run.steps.filter(({ complaint }) => complaint).map(({ key }) => key)).toEqual(['end']);
    expect(run.steps.at(-1)).toMatchObject({
      at: 3,
      op: 'end',
      matched: null,
      complaint: { is: 'contradiction', text: `${name}: process <n> x` },
      shown: 'left behind: process 17 x',
    });
  });
});

describe('a complaint', () => {
  test.each([1, 3])('belongs to the last of %i answers, the others stay as they are', (count) => {
    const of = events.slice(0, count);
    const { steps } = look(failed(oracle('refusal-changed-state', 'a box is gone'), of));
    expect(steps.slice(0, -1)).toEqual(look(historyOf(of)).steps.slice(0, count - 1));
    expect(steps).toHaveLength(count);
    expect(steps.at(-1)?.complaint?.text).toBe('refusal-changed-state: a box is gone');
  });

  test("is about the failure's step and situation, which need not be the last answer's", () => {
    const last = look(failed(oracle('views-disagree', 'x', rm))).steps.at(-1);
    expect(last).toMatchObject({ key: '2 own', op: 'rm', via: 'cli', situation: 'sandbox/running' });
    const nobodys = look(failed(oracle('views-disagree', 'x'))).steps.at(-1);
    expect(nobodys).toMatchObject({ op: 'inspect', via: 'rest', situation: 'sandbox/running' });
  });

  test('has nowhere to go where there was no answer', () => {
    expect(look(failed(oracle('broken-answer', 'x'), [])).steps).toEqual([]);
  });
});
