import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fromRest, type RestExpecting } from '../../../runtime/normal-form/index.ts';
import { restAnswer, restBox } from '../fixtures/cli-answer.ts';

const expectings: RestExpecting[] = [
  'created',
  'acted',
  'box',
  'boxes',
  'exec',
  'execution',
  'done',
  'bytes',
];
const envelope = (code: unknown) =>
  JSON.stringify({ error: { message: 'not found: box x', type: 'NotFoundError', code }, request_id: 'r' });

describe('fromRest', () => {
  test('gives every answer a normal form', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(0, 101, 200, 201, 204, 302, 400, 404, 409, 500, 503),
        fc.oneof(fc.string(), fc.json()),
        fc.constantFrom(...expectings),
        (status, body, expecting) => {
          expect(fromRest(restAnswer({ status, body }), expecting)).toHaveProperty('is');
        },
      ),
    );
  });

  test.each(
    expectings,
  )('a hang, no answer, a 5xx and an untyped 4xx are broken where %s is expected', (expecting) => {
    const how = (part: Parameters<typeof restAnswer>[0]) => {
      const seen = fromRest(restAnswer(part), expecting);
      return seen.is === 'broken' ? seen.how : seen.is;
    };
    expect(how({ status: 0, timedOut: true })).toBe('hang');
    expect(how({ status: 0, err: 'ECONNRESET' })).toBe('transport');
    expect(how({ status: 500, body: envelope('internal') })).toBe('5xx');
    expect(how({ status: 503 })).toBe('5xx');
    expect(how({ status: 404, body: 'not found' })).toBe('untyped');
    expect(how({ status: 404 })).toBe('untyped');
    expect(how({ status: 302 })).toBe('malformed');
    expect(how({ status: 202 })).toBe('malformed');
  });

  test('a 5xx keeps status, type, code and message', () => {
    const seen = fromRest(restAnswer({ status: 503, body: envelope('engine_unavailable') }), 'acted');
    expect(seen).toMatchObject({
      status: 503,
      text: expect.stringMatching(/503 NotFoundError\/engine_unavailable: not found: box x/),
    });
  });

  test('a typed 4xx is a refusal; a code may be a number on old servers; HEAD has no body', () => {
    const refused = { is: 'refused', status: 404, type: 'NotFoundError', text: 'not found: box x' };
    const seen = (code: unknown) => fromRest(restAnswer({ status: 404, body: envelope(code) }), 'box');
    expect(seen('not_found')).toEqual({ ...refused, code: 'not_found' });
    expect(seen(17)).toEqual({ ...refused, code: '17' });
    expect(seen(null)).toMatchObject({ how: 'untyped' });
    const head = fromRest(restAnswer({ method: 'HEAD', status: 404 }), 'done');
    expect(head).toEqual({ is: 'refused', status: 404, text: '' });
  });

  test('a created, acted on or listed box becomes an observation with a lower-case state and its code', () => {
    const box = {
      id: 'Ab0123456789',
      name: null,
      status: 'running',
      exitCode: null,
      pid: 123,
      image: 'alpine:latest',
      createdAt: restBox().created_at,
      shown: { cpus: 1, memoryMib: 1024, autoStopS: 0, autoDeleteS: 0, autoResume: true },
    };
    const body = JSON.stringify(restBox());
    expect(fromRest(restAnswer({ status: 201, body }), 'created')).toEqual({ is: 'done', id: box.id, box });
    expect(fromRest(restAnswer({ body }), 'acted')).toEqual({ is: 'done', box });
    expect(fromRest(restAnswer({ body }), 'box')).toEqual({ is: 'box', box });
    const list = JSON.stringify({ boxes: [restBox({ status: 'stopped', pid: null, exit_code: 7 })] });
    expect(fromRest(restAnswer({ body: list }), 'boxes')).toEqual({
      is: 'boxes',
      boxes: [{ ...box, status: 'stopped', pid: null, exitCode: 7 }],
    });
    expect(fromRest(restAnswer({ body }), 'created')).toMatchObject({
      how: 'malformed',
      text: expect.stringMatching(/201 expected, got 200/),
    });
  });

  test.each([
    ['box_id', '0'],
    ['created_at', '2027-01-01T00:00:00Z'],
    ['pid', -1],
    ['exit_code', 'seven'],
    ['status', 5],
    ['cpus', 0],
  ])('a box with a wrong %s is malformed', (field, value) => {
    const body = JSON.stringify(restBox({ [field]: value }));
    expect(fromRest(restAnswer({ body }), 'box')).toMatchObject({
      is: 'broken',
      how: 'malformed',
      text: expect.stringMatching(field),
    });
  });

  test('an execution is read with its state and code, and one that contradicts itself is malformed', () => {
    const seen = (json: unknown) => fromRest(restAnswer({ body: JSON.stringify(json) }), 'execution');
    expect(seen({ execution_id: 'E', status: 'running' })).toEqual({
      is: 'execution',
      id: 'E',
      status: 'running',
    });
    expect(seen({ execution_id: 'E', status: 'completed', exit_code: -9 })).toMatchObject({ code: -9 });
    expect(seen({ execution_id: 'E', status: 'completed' })).toMatchObject({ how: 'malformed' });
    expect(seen({ execution_id: 'E', status: 'odd' })).toMatchObject({ how: 'malformed' });
    const started = fromRest(restAnswer({ status: 201, body: '{"execution_id":"E"}' }), 'exec');
    expect(started).toEqual({ is: 'done', id: 'E' });
  });
});
