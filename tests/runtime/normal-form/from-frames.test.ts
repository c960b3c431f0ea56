import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { endedOfStream, exitOfWire, fromAttach, fromFrames } from '../../../runtime/normal-form/index.ts';
import type { AttachFrame } from '../../../runtime/ports/session.ts';
import { restAnswer } from '../fixtures/cli-answer.ts';

const binary = (data: string): AttachFrame => ({ kind: 'binary', data });
const text = (json: unknown): AttachFrame => ({ kind: 'text', text: JSON.stringify(json) });
const byteString = fc.uint8Array().map((bytes) => Buffer.from(bytes).toString('latin1'));

describe('fromFrames', () => {
  test('puts each stream together whatever the chunks and their interleaving', () => {
    const chunk = fc.record({ channel: fc.constantFrom(1, 2), data: byteString });
    fc.assert(
      fc.property(fc.array(chunk), fc.option(fc.integer()), (chunks, exit) => {
        const frames = chunks.map(({ channel, data }) => binary(String.fromCharCode(channel) + data));
        if (exit !== null) frames.push(text({ type: 'exit', exit_code: exit }));
        const of = (channel: number) =>
          chunks
            .filter((it) => it.channel === channel)
            .map((it) => it.data)
            .join('');
        expect(fromFrames(frames, null)).toEqual({
          is: 'stream',
          out: of(1),
          err: of(2),
          errors: [],
          ...(exit === null ? {} : { exit }),
          closed: null,
        });
      }),
    );
  });

  test('error frames are kept in order, with their codes', () => {
    const frames = [text({ type: 'error', message: 'a' }), text({ type: 'error', message: 'b', code: 'c' })];
    const errors = [{ message: 'a' }, { message: 'b', code: 'c' }];
    expect(fromFrames(frames, { code: 1008 })).toMatchObject({ errors, closed: { code: 1008 } });
  });

  test.each<[string, AttachFrame[]]>([
    ['an unknown channel', [binary('\x03x')]],
    ['an empty binary frame', [binary('')]],
    ['a text that is not JSON', [{ kind: 'text', text: 'hello' }]],
    ['an unknown type', [text({ type: 'greeting' })]],
    ['an exit without a code', [text({ type: 'exit' })]],
    ['what is no frame', [{ kind: 'invalid', why: 'Invalid WebSocket frame: invalid UTF-8 sequence' }]],
    ['output after the exit', [text({ type: 'exit', exit_code: 0 }), binary('\x01late')]],
    ['two exits', [text({ type: 'exit', exit_code: 0 }), text({ type: 'exit', exit_code: 0 })]],
  ])('a stream with %s is malformed', (_, frames) => {
    expect(fromFrames(frames, null)).toMatchObject({ is: 'broken', how: 'malformed' });
  });
});

describe('exit codes', () => {
  test('a wire code -k is the exit code 128+k, n stays n, and -1 is no code', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 255 }), (n) => exitOfWire(n) === n));
    fc.assert(fc.property(fc.integer({ min: 2, max: 64 }), (k) => exitOfWire(-k) === 128 + k));
    expect(exitOfWire(-1)).toBe(null);
  });

  test('a stream becomes the end of a command', () => {
    const stream = { is: 'stream' as const, out: 'o', err: 'e', errors: [], closed: null };
    expect(endedOfStream({ ...stream, exit: -15 })).toEqual({ is: 'ended', code: 143, out: 'o', err: 'e' });
    expect(endedOfStream(stream)).toMatchObject({ code: null, how: expect.stringContaining('closed with') });
  });
});

describe('fromAttach', () => {
  test('a refusal is judged like any HTTP answer, and a success other than 101 is malformed', () => {
    const body = '{"error":{"message":"m","type":"NotFoundError","code":"not_found"}}';
    expect(fromAttach({ refused: restAnswer({ status: 404, body }) })).toMatchObject({
      is: 'refused',
      code: 'not_found',
    });
    expect(fromAttach({ refused: restAnswer({ status: 500, body }) })).toMatchObject({
      is: 'broken',
      how: '5xx',
    });
    expect(fromAttach({ refused: restAnswer({ status: 204 }) })).toMatchObject({
      is: 'broken',
      how: 'malformed',
    });
    expect(fromAttach({ refused: restAnswer({ status: 0, err: 'x' }) })).toMatchObject({ how: 'transport' });
  });
});
