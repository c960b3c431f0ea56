import { describe, expect, it } from 'vitest';
import type { Observation, StreamObservation } from '../../domain/observation.ts';
import type { Expect } from '../../model/expect.ts';
import { differences, type MatchContext, describe as phrase } from '../../model/match.ts';
import { bytesDifference } from '../../model/match-bytes.ts';
import { brief } from '../../model/match-shapes.ts';
import { boxSeen as box, contextOf } from './fixtures/seen.ts';

const told = (expected: Expect, seen: Observation, via?: MatchContext['via']) =>
  differences(expected, seen, contextOf(via));
const state = (status: string, code: number | null | 'any') => ({ status, code });
const wanted = (...states: ReturnType<typeof state>[]) => ({ handle: 'box1', name: null, states });
const long = 'x'.repeat(400);

describe('phrases are written for a person: exact, and short', () => {
  it('one for each kind of observation', () => {
    expect(phrase({ is: 'refused', status: 409, code: 'conflict', text: ' no\n' })).toBe(
      'refused (409 conflict: no)',
    );
    expect(phrase({ is: 'refused', exit: 1, text: 'Error: no' })).toBe('refused (exit 1: Error: no)');
    expect(phrase({ is: 'refused', exit: 1, text: long })).toBe(`refused (exit 1: ${'x'.repeat(200)})`);
    expect(phrase({ is: 'broken', how: 'hang', text: ` ${long}` })).toBe(`hang (${'x'.repeat(200)})`);
    expect(phrase({ is: 'ended', code: 3, out: '', err: '' })).toBe('ended with 3');
    expect(phrase({ is: 'attached' })).toBe('attached');
  });

  it('bytes: short ones whole, long ones by their ends', () => {
    expect(brief('é\n'.repeat(30))).toBe(JSON.stringify('é\n'.repeat(30)));
    expect(brief(`${'a'.repeat(30)}${'b'.repeat(31)}`)).toBe(
      `"${'a'.repeat(24)}"…"${'b'.repeat(16)}" (61 bytes)`,
    );
  });

  it.each([
    [{ exactly: 'a' }, 'b', 'x is "b", not "a"'],
    [{ prefixOf: 'ab' }, 'b', 'x "b" is no prefix of "ab"'],
    [{ suffixOf: 'ab', atLeast: 1 }, 'a', 'x "a" is no suffix of "ab"'],
    [{ suffixOf: 'ab', atLeast: 2 }, 'b', 'x holds 1 bytes of a suffix, at least 2 must be kept'],
    [{ contains: ['a', 'b'] }, 'a', 'x "a" lacks "b"'],
    [
      { mounts: [{ at: '/a', mode: 'ro' as const }], hidden: [] },
      'v /a virtiofs\n',
      '/a is mounted , not ro',
    ],
  ])('of bytes: %j, %j', (expected, seen, text) => {
    expect(bytesDifference('x', expected, seen)).toBe(text);
  });

  it('of a path that the kernel writes with octal numbers', () => {
    const at = '/mnt/a b\\ü';
    const lines = 'v /mnt/a\\040b\\134\xc3\xbc virtiofs rw 0 0\n';
    expect(bytesDifference('x', { mounts: [{ at, mode: 'rw' }], hidden: [] }, lines)).toBeNull();
  });

  it('of the last mount at a path, which hides those before it', () => {
    const lines = 'v /a virtiofs rw 0 0\nw /a virtiofs ro 0 0\n';
    expect(bytesDifference('x', { mounts: [{ at: '/a', mode: 'ro' }], hidden: [] }, lines)).toBeNull();
    expect(bytesDifference('x', { mounts: [{ at: '/a', mode: 'rw' }], hidden: [] }, lines)).not.toBeNull();
  });

  it.each<[string, Expect, Observation]>([
    [
      'answered 404 not_found instead of 409 invalid_state or 409 stopped (no)',
      { is: 'refused', reason: 'box-ended' },
      { is: 'refused', status: 404, code: 'not_found', type: 'NotFoundError', text: 'no' },
    ],
    [
      `answered 404 not_found instead of 409 invalid_state (${'x'.repeat(200)})`,
      { is: 'refused', reason: 'still-running' },
      { is: 'refused', status: 404, code: 'not_found', type: 'NotFoundError', text: long },
    ],
    [
      'error type NotFoundError instead of InvalidStateError',
      { is: 'refused', reason: 'still-running' },
      { is: 'refused', status: 409, code: 'invalid_state', type: 'NotFoundError', text: '' },
    ],
    [
      'the message has none of "not allowed": no',
      { is: 'refused', reason: 'bad-signal' },
      { is: 'refused', status: 400, code: 'invalid_argument', type: 'InvalidArgumentError', text: 'No' },
    ],
    [
      'execution is completed instead of running',
      { is: 'execution', status: 'running' },
      { is: 'execution', status: 'completed', code: 0 },
    ],
    [
      'exit code 3 instead of 0 or 7',
      { is: 'execution', status: 'completed', codes: [0, 7] },
      { is: 'execution', status: 'completed', code: 3 },
    ],
    [
      'exit code null instead of 0',
      { is: 'execution', status: 'completed', codes: [0] },
      { is: 'execution', status: 'completed' },
    ],
    [
      'box1 shows code 3 instead of 5 or none',
      { is: 'box', box: wanted(state('stopped', 5), state('stopped', null)) },
      { is: 'box', box: box({ status: 'stopped', exitCode: 3 }) },
    ],
    [
      'box1 shows code 0 or none instead of 7',
      { is: 'done', box: wanted(state('stopped', 7)) },
      { is: 'done', box: { id: 'AAAA', name: null, status: 'stopped', zeroCode: true } },
    ],
    [
      'stdout is "b", not "a"; stderr "" lacks "w"',
      {
        is: 'stream',
        out: { exactly: 'a' },
        err: { contains: ['w'] },
        errors: [],
        end: 'open',
      },
      { is: 'stream', out: 'b', err: '', errors: [], closed: null },
    ],
    ['the file is "b", not "a"', { is: 'bytes', data: { exactly: 'a' } }, { is: 'bytes', data: 'b' }],
    [
      'target 1 succeeded instead of failing; target 2 failed instead of succeeding',
      { is: 'batch', each: [{ ok: false, reason: 'unknown-box' }, { ok: true }] },
      { is: 'batch', each: [{ text: 'a', ok: true }], exit: 1, err: '' },
    ],
  ])('%s', (text, expected, seen) => {
    expect(told(expected, seen).join('; ')).toBe(text);
  });

  it('of the CLI: exit, and each part of the message that is missing', () => {
    const guard: Expect = { is: 'refused', reason: 'still-running' };
    expect(told(guard, { is: 'refused', exit: 2, text: '' }, 'cli')).toEqual(['exit 2 instead of 1']);
    expect(told(guard, { is: 'refused', exit: 1, text: `CANNOT REMOVE BOX ${long}` }, 'url')).toEqual([
      `the message lacks "use force=true to stop first": ${`cannot remove box ${long}`.slice(0, 300)}`,
    ]);
    const missing: Expect = { is: 'refused', reason: 'unknown-box' };
    expect(told(missing, { is: 'refused', exit: 1, text: long }, 'cli')).toEqual([
      `the message has none of "no such box", "not found": ${long.slice(0, 300)}`,
    ]);
  });
});

describe('fine points of judging', () => {
  it('one of several codes is enough, and a box of an unknown id may be any', () => {
    const either = { is: 'box', box: wanted(state('stopped', 5), state('stopped', 7)) } as const;
    for (const exitCode of [5, 7])
      expect(told(either, { is: 'box', box: box({ status: 'stopped', exitCode }) })).toEqual([]);
    const unknown: Expect = { is: 'box', box: { ...wanted(state('running', null)), handle: 'box9' } };
    expect(told(unknown, { is: 'box', box: box({ id: 'CCCC' }) })).toEqual([]);
  });

  it('a wrong word is told without its code, and boxes of a list are judged each', () => {
    const one = wanted(state('stopped', 7));
    expect(told({ is: 'box', box: one }, { is: 'box', box: box() })).toEqual([
      'box1 is running instead of stopped',
    ]);
    const listed = { is: 'boxes', boxes: [box({ status: 'failed' })] } as const;
    for (const part of [
      { boxes: [one], optional: [] },
      { boxes: [], optional: [one] },
    ])
      expect(told({ is: 'boxes', ...part }, listed as unknown as Observation)).toEqual([
        'box1 is failed instead of stopped',
      ]);
  });

  it('an id alone makes something new', () => {
    expect(told({ is: 'made' }, { is: 'box', box: box() })).toEqual(['box instead of a new id']);
  });

  const stream = (part: Partial<StreamObservation>): Observation => ({
    is: 'stream',
    out: '',
    err: '',
    errors: [],
    closed: null,
    ...part,
  });
  const any = { out: { anything: true }, err: { anything: true } } as const;

  it('error frames are matched one to one, by text and code', () => {
    const owed: Expect = {
      is: 'stream',
      ...any,
      errors: [{ text: 'a', code: 'c' }, { text: 'a' }],
      end: 'open',
    };
    expect(told(owed, stream({ errors: [{ message: 'xa', code: 'c' }, { message: 'a' }] }))).toEqual([]);
    expect(told(owed, stream({ errors: [{ message: 'a', code: 'c' }] }))).toEqual(['no error frame "a"']);
    expect(told(owed, stream({ errors: [{ message: 'a' }, { message: 'a' }] }))).toEqual([
      'no error frame "a"',
      'unexpected error frame "a"',
    ]);
  });

  it('ends', () => {
    const end = (exitFrame: 'must' | 'may' | 'never', codes: number[], closeCode?: number): Expect => ({
      is: 'stream',
      ...any,
      errors: [],
      end: { exitFrame, codes, ...(closeCode ? { closeCode } : {}) },
    });
    const closed = { code: 1000 };
    expect(told(end('must', []), stream({ exit: 3, closed }))).toEqual([]);
    expect(told(end('may', [7]), stream({ exit: 3, closed }))).toEqual(['exit frame with 3 instead of 7']);
    expect(told(end('may', [5, 7]), stream({ exit: 3, closed }))).toEqual([
      'exit frame with 3 instead of 5 or 7',
    ]);
    expect(told(end('never', [], 1008), stream({ closed: { code: 1008 } }))).toEqual([]);
    expect(told({ is: 'stream', ...any, errors: [], end: 'open' }, stream({ closed }))).toEqual([
      'closed with 1000 while the command runs',
    ]);
  });
});
