import { describe, expect, it } from 'vitest';
import type { Observation, StreamObservation } from '../../domain/observation.ts';
import type { Expect } from '../../model/expect.ts';
import { differences, mayBecome } from '../../model/match.ts';
import { boxSeen as box, contextOf } from './fixtures/seen.ts';

const context = contextOf();
const wanted = {
  handle: 'box1',
  name: null,
  states: [
    { status: 'running', code: null },
    { status: 'stopped', code: 7 },
  ],
};
const stream = (part: Partial<StreamObservation> = {}): StreamObservation => ({
  is: 'stream',
  out: '',
  err: '',
  errors: [],
  closed: null,
  ...part,
});
const streamExpect = (part: object): Expect =>
  ({
    is: 'stream',
    out: { anything: true },
    err: { anything: true },
    errors: [],
    end: 'open',
    ...part,
  }) as Expect;
const ended = (codes: readonly number[] | 'nonzero'): Expect => ({
  is: 'ended',
  codes,
  out: { exactly: 'a' },
  err: { contains: ['warn'] },
});
const over = { exitFrame: 'must', codes: [7] } as const;

const fitting: [string, Expect, Observation][] = [
  ['done', { is: 'done' }, { is: 'done' }],
  ['done that tells no box', { is: 'done', box: wanted }, { is: 'done' }],
  ['done with the box', { is: 'done', box: wanted }, { is: 'done', box: box() }],
  ['made', { is: 'made' }, { is: 'done', id: 'AAAA' }],
  ['another state', { is: 'box', box: wanted }, { is: 'box', box: box({ status: 'stopped', exitCode: 7 }) }],
  [
    'a view that tells no code',
    { is: 'box', box: wanted },
    { is: 'box', box: { id: 'AAAA', name: null, status: 'stopped' } },
  ],
  ['ended', ended([0, 7]), { is: 'ended', code: 7, out: 'a', err: 'a warning' }],
  ['no code where none but 0 is wrong', ended('nonzero'), { is: 'ended', code: null, out: 'a', err: 'warn' }],
  [
    'an optional box in the list',
    { is: 'boxes', boxes: [wanted], optional: [{ ...wanted, handle: 'box2' }] },
    { is: 'boxes', boxes: [box({ id: 'BBBB' }), box()] },
  ],
  [
    'a final word of another kind',
    { is: 'execution', status: 'completed', codes: [-15] },
    { is: 'execution', status: 'killed', code: -15 },
  ],
  ['an open stream', streamExpect({}), stream({ out: 'x' })],
  ['an end', streamExpect({ end: over }), stream({ exit: 7, closed: { code: 1000 } })],
  [
    'a lost exit frame',
    streamExpect({ end: { exitFrame: 'may', codes: [7] } }),
    stream({ closed: { code: 1006 } }),
  ],
  [
    'optional errors, present or not',
    streamExpect({ errors: [{ text: 'no such type' }, { text: 'maybe', optional: true }] }),
    stream({ errors: [{ message: 'x: no such type' }] }),
  ],
  [
    'any error at an end from outside',
    streamExpect({ errors: [{ text: '', optional: true }] }),
    stream({ errors: [{ message: 'gone' }] }),
  ],
  ['no file', { is: 'bytes', data: null }, { is: 'bytes', data: null }],
  [
    'a batch',
    { is: 'batch', each: [{ ok: true }, { ok: false, reason: 'unknown-box' }] },
    {
      is: 'batch',
      each: [
        { text: 'a', ok: true },
        { text: 'b', ok: false },
      ],
      exit: 1,
      err: '',
    },
  ],
];

const wrong: [string, Expect, Observation, RegExp][] = [
  [
    'success instead of a refusal',
    { is: 'refused', reason: 'unknown-box' },
    { is: 'done' },
    /done instead of a refusal/,
  ],
  [
    'a refusal instead of success',
    { is: 'done' },
    { is: 'refused', status: 404, code: 'not_found', text: 'x' },
    /refused \(404 not_found: x\)/,
  ],
  ['broken', { is: 'done' }, { is: 'broken', how: '5xx', text: 'boom' }, /5xx \(boom\)/],
  ['no id', { is: 'made' }, { is: 'done' }, /instead of a new id/],
  [
    'another box',
    { is: 'box', box: wanted },
    { is: 'box', box: box({ id: 'BBBB' }) },
    /box BBBB instead of AAAA/,
  ],
  [
    'a wrong word',
    { is: 'box', box: wanted },
    { is: 'box', box: box({ status: 'failed' }) },
    /failed instead of running or stopped/,
  ],
  [
    'a code too many',
    { is: 'box', box: wanted },
    { is: 'box', box: box({ exitCode: 0 }) },
    /shows code 0 instead of none$/,
  ],
  [
    'a missing code',
    { is: 'box', box: wanted },
    { is: 'box', box: box({ status: 'stopped' }) },
    /shows code none instead of 7$/,
  ],
  [
    'the name without its tag',
    { is: 'box', box: { ...wanted, name: 'a' } },
    { is: 'box', box: box({ name: 'a' }) },
    /name "a" instead of "t-a"/,
  ],
  ['a wrong code', ended([0]), { is: 'ended', code: 1, out: 'a', err: 'warn' }, /exit code 1 instead of 0/],
  ['success of what was cut', ended('nonzero'), { is: 'ended', code: 0, out: 'a', err: 'warn' }, /non-zero/],
  ['lost output', ended([0]), { is: 'ended', code: 0, out: '', err: 'warn' }, /stdout is ""/],
  ['missing stderr', ended([0]), { is: 'ended', code: 0, out: 'a', err: '' }, /stderr "" lacks "warn"/],
  [
    'a box that is not listed',
    { is: 'boxes', boxes: [wanted], optional: [] },
    { is: 'boxes', boxes: [] },
    /box1 is not listed/,
  ],
  [
    'a box too many',
    { is: 'boxes', boxes: [], optional: [] },
    { is: 'boxes', boxes: [box()] },
    /must not be there/,
  ],
  [
    'not over yet',
    { is: 'execution', status: 'completed', codes: [0] },
    { is: 'execution', status: 'running' },
    /running instead of completed/,
  ],
  [
    'an end too early',
    streamExpect({}),
    stream({ exit: 0, closed: { code: 1000 } }),
    /exit frame with 0 while/,
  ],
  ['no exit frame', streamExpect({ end: over }), stream({ closed: { code: 1000 } }), /no exit frame/],
  ['no close', streamExpect({ end: over }), stream({ exit: 7 }), /not closed/],
  [
    'a wrong exit frame',
    streamExpect({ end: over }),
    stream({ exit: 0, closed: { code: 1000 } }),
    /exit frame with 0 instead of 7/,
  ],
  [
    'an exit frame that must not be',
    streamExpect({ end: { exitFrame: 'never', codes: [] } }),
    stream({ exit: 0, closed: { code: 1008 } }),
    /exit frame with 0/,
  ],
  [
    'a wrong close code',
    streamExpect({ end: { exitFrame: 'never', codes: [], closeCode: 1008 } }),
    stream({ closed: { code: 1000 } }),
    /close code 1000 instead of 1008/,
  ],
  [
    'a missing error frame',
    streamExpect({ errors: [{ text: 'bad', code: 'c' }] }),
    stream({ errors: [{ message: 'bad' }] }),
    /no error frame "bad"/,
  ],
  [
    'an error frame too many',
    streamExpect({}),
    stream({ errors: [{ message: 'huh' }] }),
    /unexpected error frame "huh"/,
  ],
  [
    'a file that must not be',
    { is: 'bytes', data: null },
    { is: 'bytes', data: '' },
    /a file is there that must not/,
  ],
  [
    'a missing file',
    { is: 'bytes', data: { exactly: '' } },
    { is: 'bytes', data: null },
    /the file is not there/,
  ],
  [
    'a wrong target of a batch',
    { is: 'batch', each: [{ ok: true }] },
    { is: 'batch', each: [{ text: 'a', ok: false }], exit: 1, err: '' },
    /target 1 failed instead of succeeding; exit 1 instead of 0/,
  ],
];

describe('differences', () => {
  it.each(fitting)('none: %s', (_, expected, seen) => {
    expect(differences(expected, seen, context)).toEqual([]);
  });

  it.each(wrong)('tells: %s', (_, expected, seen, text) => {
    expect(differences(expected, seen, context).join('; ')).toMatch(text);
  });
});

describe('an answer that does not fit yet', () => {
  it.each<[Partial<StreamObservation>, boolean]>([
    [{ out: '' }, true],
    [{ out: 'up' }, true],
    [{ out: 'up\n' }, true],
    [{ out: 'up\nup\n' }, false],
    [{ out: 'x' }, false],
    [{ err: 'y' }, false],
  ])('may become a stream that goes on from it: %j: %s', (seen, may) => {
    const expected = streamExpect({ out: { exactly: 'up\n' }, err: { exactly: '' } });
    expect(mayBecome(expected, stream(seen))).toBe(may);
    expect(mayBecome(streamExpect({}), stream(seen))).toBe(true);
    expect(mayBecome(ended([0]), stream(seen))).toBe(true);
  });
});
