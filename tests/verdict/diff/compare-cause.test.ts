import { describe, expect, test } from 'vitest';
import type { Observation } from '../../../domain/observation.ts';
import type { Failure } from '../../../program/failure.ts';
import type { Event, History } from '../../../program/history.ts';
import { eventOf, historyOf } from './arbitrary.ts';
import { compared } from './compared.ts';

const done: Observation = { is: 'done' };
const ended = (code: number): Observation => ({ is: 'ended', code, out: '', err: '' });
const run = (...events: [Observation, Partial<Event>?][]): History =>
  historyOf(events.map(([seen, rest], i) => eventOf(i, seen, rest)));
const told = (a: History, b: History) =>
  compared(a, b).differences.map(({ class: is, what }) => `${is}: ${what}`);
const parted = { allowed: [] };

describe('why the sides are in different worlds', () => {
  test('is the known divergence or the other outcome that came before', () => {
    const two = run([done], [done, { ...parted, matched: 'elsewhere' }]);
    const other = run([done, { matched: 'other' }], [done]);
    expect(told(two, other)).toEqual([
      'either: left outcome usual / right outcome other',
      'apart: after either: inspect: left outcome usual / right outcome other',
    ]);
    const known = run([done, { matched: 'known:a-mark' }], [done]);
    expect(told(two, known)[1]).toBe('apart: after known: inspect: a-mark on right');
  });

  test('is not what differs within one outcome, nor in words', () => {
    const a = run([ended(0)], [done, { ...parted, matched: 'elsewhere' }]);
    const b = run([ended(1)], [done]);
    expect(told(a, b)).toEqual([
      'within: code: left 0 / right 1',
      'apart: after no difference that was seen',
    ]);
  });

  test('is told of answers, too, that fit outcomes of one name', () => {
    const a = run([done, { matched: 'known:a-mark' }], [ended(0), parted]);
    const b = run([done], [ended(1)]);
    expect(told(a, b)).toEqual(['known: a-mark on left', 'apart: after known: inspect: a-mark on left']);
  });
});

describe('what differs', () => {
  test('is a known divergence of each side, where both have one', () => {
    const marked = (mark: string) => run([done, { matched: `known:${mark}` }]);
    expect(told(marked('a-mark'), marked('b-mark'))).toEqual(['known: a-mark on left; b-mark on right']);
  });

  test('is the kind of answer alone, where the kinds are unlike', () => {
    expect(told(run([done]), run([ended(0)]))).toEqual(['within: answer: left done / right ended']);
  });

  test('names no data of the program, even where one side alone has it', () => {
    const box = { id: 'AbCdEfGhIjKl', name: 'alpha', status: 'stopped' };
    for (const [text] of [
      told(run([done]), run([{ is: 'done', box }])),
      told(run([{ is: 'done', box }]), run([done])),
    ]) {
      expect(text).toContain('other name; ');
      expect(text).not.toContain('alpha');
    }
  });

  test('is shown with what each side answered', () => {
    const [one] = compared(run([done]), run([ended(0)])).differences;
    expect(one?.seen).toEqual(['done', 'ended']);
  });

  test('is nothing between answers that both fitted no outcome, if nobody complained of them', () => {
    const unfitted = run([done, { matched: null }]);
    expect(told(unfitted, unfitted)).toEqual([]);
    expect(told(unfitted, run([done]))).toEqual(['either: left outcome null / right outcome usual']);
  });
});

describe('complaints', () => {
  const wrong = (at: number, detail: string): History => {
    const failure: Failure = {
      kind: 'oracle',
      oracle: 'broken-answer',
      at,
      step: { op: 'inspect', via: 'rest', on: 'box1' },
      detail,
      situation: 'job/running',
    };
    const events = Array.from({ length: at + 1 }, (_, i) => eventOf(i, done));
    return historyOf(events, { ending: { is: 'failed', failure } });
  };

  test('of both sides in the same words are told once', () => {
    expect(told(wrong(0, 'lost'), wrong(0, 'lost'))).toEqual(['both-alike: both: broken-answer: lost']);
  });

  test('of one side where the other had failed before are contradictions of either', () => {
    const early = 'broken-answer: lost';
    const late = 'broken-answer: gone';
    expect(told(wrong(0, 'lost'), wrong(2, 'gone'))).toEqual([
      `contradiction: left ${early} / right fits (usual)`,
      `contradiction: left had ended before / right ${late}`,
    ]);
    expect(told(wrong(2, 'gone'), wrong(0, 'lost'))).toEqual([
      `contradiction: left fits (usual) / right ${early}`,
      `contradiction: left ${late} / right had ended before`,
    ]);
    const seen = compared(wrong(2, 'gone'), wrong(0, 'lost')).differences.map((one) => one.seen);
    expect(seen).toEqual([
      ['done', 'done'],
      ['done', 'had ended before'],
    ]);
  });

  test('are none where nothing of a run was judged: it is not compared', () => {
    const { program } = run([done]);
    const nothing = historyOf([], { cutShort: program.steps.length, program });
    expect(() => compared(nothing, run([done]))).toThrow(/^left: no step was judged/u);
  });
});
