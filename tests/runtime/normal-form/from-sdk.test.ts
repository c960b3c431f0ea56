import { describe, expect, test } from 'vitest';
import { toBase64 } from '../../../domain/bytes.ts';
import { fromSdk, type SdkExpecting } from '../../../runtime/normal-form/index.ts';

const told = (expecting: SdkExpecting, ok: unknown) => fromSdk('sdk x', { ok }, expecting);
const raised = (kind: string, message = 'm', code: string | null = null) =>
  fromSdk('sdk x', { error: { kind, code, message } }, 'done');
const text = (bytes: string) => toBase64(bytes);

describe('what an SDK answers', () => {
  test.each<[SdkExpecting, unknown, object]>([
    ['done', null, { is: 'done' }],
    ['made', { id: 'b' }, { is: 'done', id: 'b' }],
    [
      'ended',
      { out: text('o'), err: text(''), code: -15, error: null },
      { is: 'ended', code: 143, out: 'o', err: '' },
    ],
    ['ended', { out: '', err: '', code: -1, error: 'lost' }, { is: 'ended', code: null }],
    ['execution', { code: -9, error: null }, { is: 'execution', status: 'completed', code: -9 }],
    [
      'followed',
      { out: text('o'), err: '', code: 3, error: null },
      { is: 'stream', out: 'o', exit: 3, closed: { code: 1000 } },
    ],
    ['attached', { id: 'e' }, { is: 'attached', executionId: 'e' }],
    ['file', { data: text('\xff') }, { is: 'bytes', data: '\xff' }],
    ['file', { data: null }, { is: 'bytes', data: null }],
    ['numbers', { a: 1 }, { is: 'bytes', data: '{"a":1}' }],
  ])('%s %j has a normal form', (expecting, ok, seen) => {
    expect(told(expecting, ok)).toMatchObject(seen);
  });

  test.each<[SdkExpecting, unknown]>([
    ['done', 1],
    ['made', {}],
    ['ended', { out: '', err: '', code: 0, error: 'output was lost' }],
    ['execution', { code: 0, error: 'the end was lost' }],
  ])('%s %j is malformed', (expecting, ok) => {
    expect(told(expecting, ok)).toMatchObject({ is: 'broken', how: 'malformed' });
  });

  test('a box without a code shows none, and one of an SDK that tells no codes is not judged', () => {
    const box = {
      id: 'abcdefghijkl',
      name: null,
      status: 'Running',
      pid: 7,
      image: 'i',
      created_at: '2026-01-01T00:00:00Z',
    };
    expect(told('box', { ...box, exit_code: null })).toMatchObject({
      box: { status: 'running', exitCode: null },
    });
    expect(told('box', box)).not.toHaveProperty('box.exitCode');
  });
});

describe('what an SDK raises', () => {
  test.each([
    ['NotFoundError', 'box not found: x', 'NotFound'],
    ['Error', 'invalid state: invalid state: Cannot exec', 'InvalidState'],
    ['RuntimeError', 'session reaped: session x not found', 'SessionReaped'],
    ['RuntimeError', 'stdout stream not available', 'StreamTaken'],
    ['OverflowError', 'number too small', 'Language'],
    ['Absent', 'get(x) is None', 'Absent'],
  ])('%s "%s" is a refusal of the kind %s', (kind, message, as) => {
    expect(raised(kind, message)).toEqual({ is: 'refused', kind: as, text: message });
  });

  test.each([
    ['InternalError', 'x', '5xx'],
    ['Error', 'network error: x', '5xx'],
    ['PanicException', 'x', 'panic'],
    ['Error', 'thread panicked at x', 'panic'],
    ['AttributeError', 'x', 'untyped'],
  ])('%s "%s" is none: %s', (kind, message, how) => {
    expect(raised(kind, message)).toMatchObject({ is: 'broken', how });
  });

  test('a call without an end hangs, and a process that is gone has died', () => {
    expect(fromSdk('x', { hung: 5 }, 'done')).toMatchObject({ is: 'broken', how: 'hang' });
    expect(fromSdk('x', { died: 'SIGSEGV' }, 'done')).toMatchObject({ is: 'broken', how: 'signal' });
  });
});
