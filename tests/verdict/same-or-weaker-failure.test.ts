import { describe, expect, it } from 'vitest';
import type { Failure } from '../../program/failure.ts';
import type { Step } from '../../program/step.ts';
import { isNoticed, isSameOrWeakerFailure } from '../../verdict/same-or-weaker-failure.ts';

const work = { do: 'print', out: '', err: '', code: 3 } as const;
const exec: Step = { op: 'exec', via: 'cli', on: 'box1', work };
const foreground: Step = { op: 'foreground', via: 'cli', as: 'box1', main: work };
const restart: Step = { op: 'restart', via: 'cli', on: ['box1'] };

type Unexpected = Failure & { kind: 'unexpected' };

const coded = (step: Step, code: number, situation: string): Unexpected => ({
  kind: 'unexpected',
  at: 1,
  step,
  allowed: [
    { label: 'ran', expect: { is: 'ended', codes: [3], out: { exactly: '' }, err: { exactly: '' } } },
  ],
  seen: { is: 'ended', code, out: '', err: '' },
  differences: [],
  situation,
});

const viewed = (
  oracle: 'views-disagree' | 'refusal-changed-state' | 'leak',
  detail: string,
  step: Step | null,
): Failure => ({ kind: 'oracle', oracle, at: 2, step, detail, situation: step ? 'sandbox/running' : 'end' });

const wrong = 'box1 shows code none instead of 3';

describe('kin', () => {
  it('are commands that were run to their end and told of it in the same wrong way', () => {
    const found = coded(exec, 1, 'sandbox/running');
    expect(isSameOrWeakerFailure(coded(foreground, 1, 'job:print'), found)).toBe(true);
    expect(isSameOrWeakerFailure(coded(foreground, 0, 'job:print'), found)).toBe(false);
  });

  it('are such commands that tell of it in fewer of the same respects, whichever they are', () => {
    const found = coded(exec, 1, 'sandbox/running');
    const both: Unexpected = { ...found, seen: { is: 'ended', code: 1, out: 'x', err: '' } };
    expect(isSameOrWeakerFailure(coded(foreground, 1, 'job:print'), both)).toBe(true);
    expect(isSameOrWeakerFailure(both, coded(foreground, 1, 'job:print'))).toBe(false);
  });

  it('are answers that are wrong in fewer of the same respects', () => {
    const found = { ...coded(exec, 1, 'sandbox/running'), seen: { is: 'ended', code: 1, out: 'x', err: '' } };
    const less = coded(exec, 1, 'sandbox/running');
    expect(isSameOrWeakerFailure(less, found as Failure)).toBe(true);
    expect(isSameOrWeakerFailure(found as Failure, less)).toBe(false);
    expect(isSameOrWeakerFailure(coded(exec, 0, 'sandbox/running'), found as Failure)).toBe(false);
    expect(isSameOrWeakerFailure(coded(exec, 1, 'job/running'), found as Failure)).toBe(false);
  });

  it('are not answers of another kind, of no wrong respect, or where something else was allowed', () => {
    const found = coded(exec, 1, 'sandbox/running');
    const execution = { is: 'execution', status: 'completed', code: 1 } as const;
    const state = { is: 'execution', status: 'completed', codes: [3] } as const;
    expect(
      isSameOrWeakerFailure({ ...found, allowed: [{ label: 'ran', expect: state }], seen: execution }, found),
    ).toBe(false);
    const made = { ...found, allowed: [{ label: 'ran', expect: { is: 'made' } }] } as const;
    const empty: Failure = { ...made, seen: { is: 'boxes', boxes: [] } };
    const listed = {
      is: 'boxes',
      boxes: [{ handle: 'box1', states: [], name: null }],
      optional: [],
    } as const;
    const fewer: Failure = { ...empty, allowed: [{ label: 'ran', expect: listed }] };
    expect([isSameOrWeakerFailure(empty, fewer), isSameOrWeakerFailure(empty, empty)]).toEqual([false, true]);
    const wronger = { ...found, seen: { is: 'ended', code: 1, out: 'x', err: '' } } as const;
    const { expect: wanted } = found.allowed[0] as (typeof found.allowed)[0];
    expect(
      isSameOrWeakerFailure({ ...found, allowed: [{ label: 'timed out', expect: wanted }] }, wronger),
    ).toBe(false);
  });

  it('is everything to itself, and what an oracle says is not taken apart', () => {
    const place = { at: 1, step: exec, situation: 'sandbox/running' } as const;
    const mark: Failure = { ...place, kind: 'stale-mark', id: 'x', detail: '' };
    expect(isSameOrWeakerFailure(mark, { ...mark, at: 9 })).toBe(true);
    const found = viewed('views-disagree', 'box1 is missing in the list', exec);
    expect(isSameOrWeakerFailure(viewed('views-disagree', 'box1 is missing', exec), found)).toBe(false);
  });

  it('are not other operations with the same complaint', () => {
    expect(isSameOrWeakerFailure(coded(restart, 1, 'job/running'), coded(exec, 1, 'sandbox/running'))).toBe(
      false,
    );
  });

  it('are wrong views, whoever noticed', () => {
    const found = viewed('refusal-changed-state', wrong, exec);
    expect(
      isSameOrWeakerFailure(viewed('views-disagree', 'box4 shows code none instead of 7', null), found),
    ).toBe(true);
    expect(isSameOrWeakerFailure(viewed('views-disagree', 'box4 is missing', null), found)).toBe(false);
    expect(isSameOrWeakerFailure(viewed('leak', wrong, null), found)).toBe(false);
  });

  it('are leaks of fewer of the same things', () => {
    const left = (...lines: string[]) => viewed('leak', `left behind: ${lines.join('; ')}`, null);
    const found = left('path <local>/boxes/abcdefghijkl', 'path <server>/boxes/abcdefghijkl');
    expect(isSameOrWeakerFailure(left('path <local>/boxes/mnopqrstuvwx'), found)).toBe(true);
    expect(isSameOrWeakerFailure(found, left('path <local>/boxes/mnopqrstuvwx'))).toBe(false);
    expect(isSameOrWeakerFailure(left('port 127.0.0.1:8100'), found)).toBe(false);
    expect(isSameOrWeakerFailure(left('process boxlite'), left('process boxlite-shim'))).toBe(false);
  });
});

it('an oracle that looks after a step only notices', () => {
  expect(isNoticed(viewed('views-disagree', wrong, null))).toBe(true);
  expect(isNoticed(viewed('refusal-changed-state', wrong, exec))).toBe(true);
  expect(isNoticed(viewed('leak', wrong, null))).toBe(false);
  const broken: Failure = {
    ...(viewed('leak', 'broken', null) as Failure & { kind: 'oracle' }),
    oracle: 'broken-answer',
  };
  expect(isNoticed({ ...broken, step: { op: 'list', via: 'rest', all: true } })).toBe(true);
  expect(isNoticed({ ...broken, step: exec })).toBe(false);
  expect(isNoticed({ ...broken, step: null })).toBe(false);
  expect(isNoticed(viewed('leak', wrong, { op: 'list', via: 'rest', all: true }))).toBe(false);
  expect(isNoticed(coded(exec, 1, 'sandbox/running'))).toBe(false);
});
