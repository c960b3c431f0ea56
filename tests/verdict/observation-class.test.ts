import { describe, expect, it } from 'vitest';
import type { Observation, StreamObservation } from '../../domain/observation.ts';
import type { BytesExpect, Expect } from '../../model/expect.ts';
import { classOf } from './fixtures/class-of.ts';

describe('a command that ran to its end', () => {
  const ended = (code: number | null, out = 'abc', err = ''): Observation => ({
    is: 'ended',
    code,
    out,
    err,
  });
  const ran = (codes: readonly number[] | 'nonzero', out: BytesExpect = { exactly: 'abc' }): Expect => ({
    is: 'ended',
    codes,
    out,
    err: { exactly: '' },
  });

  it.each<[number | null, readonly number[] | 'nonzero', string]>([
    [3, [3], 'ended'],
    [7, 'nonzero', 'ended'],
    [0, 'nonzero', 'ended code=0'],
    [null, [0], 'ended code=none'],
    [1, [3], 'ended code=1'],
    [126, [3], 'ended code=126'],
    [127, [3], 'ended code=127'],
    [128, [3], 'ended code=other'],
    [129, [3], 'ended code=signal'],
    [-9, [137], 'ended code=signal'],
    [7, [3], 'ended code=other'],
  ])('code %s where %s is allowed', (code, codes, text) => {
    expect(classOf(ended(code), ran(codes))).toBe(text);
  });

  it.each<[string, BytesExpect, string]>([
    ['', { exactly: 'abc' }, 'ended out=empty'],
    ['ab', { exactly: 'abc' }, 'ended out=cut'],
    ['bc', { exactly: 'abc' }, 'ended out=head-lost'],
    ['abcabc', { exactly: 'abc' }, 'ended out=repeated'],
    ['abca', { exactly: 'abc' }, 'ended out=repeated'],
    ['abcabcab', { exactly: 'abc' }, 'ended out=repeated'],
    ['xyzabc', { exactly: 'abc' }, 'ended out=more'],
    ['abcx', { exactly: 'abc' }, 'ended out=more'],
    ['xabc', { exactly: 'abc' }, 'ended out=more'],
    ['xyz', { exactly: 'abc' }, 'ended out=other'],
    ['abc', { exactly: '' }, 'ended out=unwanted'],
    ['abc', { contains: ['zz'] }, 'ended out=lacks'],
    ['abc', { contains: ['b'] }, 'ended'],
    ['abc', { prefixOf: 'zz' }, 'ended out=other'],
    ['', { contains: ['b'] }, 'ended out=empty'],
    ['abc', { anything: true }, 'ended'],
    ['', { mounts: [{ at: '/mnt/a', mode: 'ro' }], hidden: [] }, 'ended out=(<path> has no line for <path>)'],
  ])('output %j where %j is allowed', (out, allowed, text) => {
    expect(classOf(ended(0, out), ran([0], allowed))).toBe(text);
  });

  it('is told by its stderr too, and by the nearest of the allowed outcomes', () => {
    expect(classOf(ended(0, 'abc', 'oops'), ran([0]))).toBe('ended err=unwanted');
    expect(classOf(ended(5), ran([3], { exactly: 'zzz' }), ran([3]))).toBe('ended code=other');
    expect(classOf(ended(5), ran([3]), ran([3], { exactly: 'zzz' }))).toBe('ended code=other');
    expect(classOf(ended(5), { is: 'made' }, ran([3]))).toBe('ended code=other');
  });

  it('is not compared with outcomes of another kind, and with the first of those that are equally near', () => {
    expect(classOf(ended(5, 'ab'), { is: 'made' }, ran([3]))).toBe('ended code=other out=cut');
    const [code, out] = [ran([3]), ran([5], { exactly: 'abcd' })];
    expect(classOf(ended(5), code, out)).toBe('ended code=other');
    expect(classOf(ended(5), out, code)).toBe('ended out=cut');
  });

  it('says its code where no such end is allowed at all', () => {
    expect(classOf(ended(0), { is: 'made' })).toBe('ended code=0');
    expect(classOf(ended(null))).toBe('ended code=none');
  });
});

it.each<[Observation, string]>([
  [{ is: 'refused', exit: 1, text: 'no such box: 01ABCDEFGHJK' }, 'refused exit 1 "no such box: <x>"'],
  [
    { is: 'refused', status: 404, type: 'NotFoundError', code: 'not_found', text: 'gone' },
    'refused 404 NotFoundError not_found "gone"',
  ],
  [{ is: 'broken', how: '5xx', status: 500, text: 'boom' }, 'broken 5xx 500 "boom"'],
  [{ is: 'broken', how: 'panic', text: 'boom' }, 'broken panic "boom"'],
  [{ is: 'broken', how: 'hang', text: 'no answer in 3000 ms' }, 'broken hang'],
])('a refusal and a broken answer are told by what they say: %j', (seen, text) => {
  expect(classOf(seen, { is: 'made' })).toBe(text);
});

describe('an execution', () => {
  it.each<[string, number | undefined, Expect, string]>([
    ['running', undefined, { is: 'execution', status: 'running' }, 'execution'],
    ['completed', 0, { is: 'execution', status: 'completed' }, 'execution'],
    ['killed', 0, { is: 'execution', status: 'completed' }, 'execution'],
    ['completed', 0, { is: 'execution', status: 'running' }, 'execution status=completed'],
    ['running', undefined, { is: 'execution', status: 'completed' }, 'execution status=running'],
    ['completed', 0, { is: 'execution', status: 'completed', codes: [3] }, 'execution code=0'],
    ['completed', undefined, { is: 'execution', status: 'completed', codes: [3] }, 'execution code=none'],
    ['running', undefined, { is: 'made' }, 'execution status=running'],
  ])('%s with code %s where %j is allowed', (status, code, allowed, text) => {
    expect(classOf({ is: 'execution', status, ...(code === undefined ? {} : { code }) }, allowed)).toBe(text);
  });
});

describe('a stream', () => {
  type End = Extract<Expect, { is: 'stream' }>['end'];
  const over = (more: object = {}): End =>
    ({ exitFrame: 'must', codes: [3], closeCode: 1000, ...more }) as End;
  const stream = (more: Partial<StreamObservation> = {}): StreamObservation => ({
    is: 'stream',
    out: 'abc',
    err: '',
    errors: [],
    exit: 3,
    closed: { code: 1000 },
    ...more,
  });
  const open = { exit: undefined, closed: null } as unknown as Partial<StreamObservation>;
  const error = { message: 'bad frame' };

  it.each<[Partial<StreamObservation>, End, string]>([
    [{}, over(), 'stream'],
    [open, 'open', 'stream'],
    [{ out: 'ab' }, over(), 'stream out=cut'],
    [{ err: 'x' }, over(), 'stream err=unwanted'],
    [{ errors: [error] }, over(), 'stream errors=more'],
    [{ closed: null }, over(), 'stream closed=not'],
    [{ ...open, closed: { code: 1000 } }, 'open', 'stream closed=early'],
    [{ exit: 3, closed: null }, 'open', 'stream exit=early'],
    [{ exit: undefined } as never, over(), 'stream exit=missing'],
    [{ exit: undefined } as never, over({ exitFrame: 'may' }), 'stream'],
    [{}, over({ exitFrame: 'never' }), 'stream exit=unwanted'],
    [{ exit: 4 }, over(), 'stream exit=other'],
    [{ exit: 4 }, over({ codes: [] }), 'stream'],
    [{ closed: { code: 1011 } }, over(), 'stream closed=1011'],
    [{ closed: { code: 1011 } }, over({ closeCode: undefined }), 'stream'],
  ])('%j where the end is to be %j', (more, end, text) => {
    const wanted: Expect = {
      is: 'stream',
      out: { exactly: 'abc' },
      err: { exactly: '' },
      errors: [],
      end,
    };
    expect(classOf(stream(more), wanted)).toBe(text);
  });

  it('may have too few errors, or be nothing that is allowed', () => {
    const wanted: Expect = {
      is: 'stream',
      out: { anything: true },
      err: { anything: true },
      errors: [{ message: 'bad frame' } as never],
      end: over(),
    };
    expect(classOf(stream(), wanted)).toBe('stream errors=fewer');
    expect(classOf(stream(), { is: 'made' })).toBe('stream');
  });
});

it.each<[string | null, BytesExpect | null, string]>([
  [null, null, 'bytes'],
  [null, { exactly: 'abc' }, 'bytes data=missing'],
  ['abc', null, 'bytes data=unwanted'],
  ['abc', { exactly: 'abc' }, 'bytes'],
  ['ab', { exactly: 'abc' }, 'bytes data=cut'],
])('a file %j where %j is allowed', (data, allowed, text) => {
  expect(classOf({ is: 'bytes', data }, { is: 'bytes', data: allowed })).toBe(text);
});

it('a file where none is spoken of is unwanted', () => {
  expect(classOf({ is: 'bytes', data: 'abc' }, { is: 'made' })).toBe('bytes data=unwanted');
});

it.each<[boolean[], number, boolean[], string]>([
  [[true, false], 1, [true, false], 'batch'],
  [[true, true], 0, [true, true], 'batch'],
  [[true, true], 1, [true, true], 'batch exit=1'],
  [[true, false], 0, [true, false], 'batch exit=0'],
  [[true, false], 1, [false, true], 'batch targets=failed+succeeded'],
  [[false, true], 1, [true, false], 'batch targets=failed+succeeded'],
  [[false], 1, [true], 'batch targets=failed exit=1'],
  [[], 0, [true], 'batch targets=failed'],
])('targets %j and exit %s where %j is allowed', (each, exit, wanted, text) => {
  const seen: Observation = { is: 'batch', each: each.map((ok) => ({ text: 'x', ok })), exit, err: '' };
  expect(classOf(seen, { is: 'batch', each: wanted.map((ok) => ({ ok })) })).toBe(text);
  expect(classOf(seen, { is: 'made' })).toBe('batch');
});

it('an open attach is only that', () => {
  expect(classOf({ is: 'attached' }, { is: 'attached' })).toBe('attached');
});
