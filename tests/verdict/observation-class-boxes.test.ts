import { describe, expect, it } from 'vitest';
import type { BoxObservation } from '../../domain/observation.ts';
import type { BoxExpect, Expect } from '../../model/expect.ts';
import { classOf } from './fixtures/class-of.ts';

const box = (more: Partial<BoxObservation> = {}): BoxObservation => ({
  id: 'b',
  name: null,
  status: 'stopped',
  ...more,
});
const wants = (more: Partial<BoxExpect> = {}): BoxExpect => ({
  handle: 'box1',
  name: null,
  states: [{ status: 'stopped', code: 3 }],
  ...more,
});

describe('a box', () => {
  it.each<[Partial<BoxObservation>, Partial<BoxExpect>, string]>([
    [{ exitCode: 3 }, {}, 'box'],
    [{ status: 'running' }, {}, 'box status=running'],
    [{ status: '' }, {}, 'box status='],
    [{ exitCode: 0 }, {}, 'box code=0'],
    [{ exitCode: null }, {}, 'box code=none'],
    [{ exitCode: 137 }, {}, 'box code=signal'],
    [{ zeroCode: true }, {}, 'box code=0'],
    [{ exitCode: 3, name: 'alpha' }, {}, 'box name=unwanted'],
    [{ exitCode: 3 }, { name: 'alpha' }, 'box name=lost'],
    [{ exitCode: 9 }, { states: [{ status: 'stopped', code: 'any' }] }, 'box'],
    [
      { exitCode: 0 },
      {
        states: [
          { status: 'stopped', code: 3 },
          { status: 'stopped', code: 0 },
        ],
      },
      'box',
    ],
  ])('%j where %j is allowed', (seen, allowed, text) => {
    expect(classOf({ is: 'box', box: box(seen) }, { is: 'box', box: wants(allowed) })).toBe(text);
  });

  it('in the answer of a step that was done is looked at too', () => {
    const done: Expect = { is: 'done', box: wants() };
    expect(classOf({ is: 'done', box: box({ exitCode: 0 }) }, done)).toBe('done code=0');
    expect(classOf({ is: 'done' }, done)).toBe('done');
    expect(classOf({ is: 'done', box: box({ exitCode: 0 }) }, { is: 'done' })).toBe('done');
    expect(classOf({ is: 'done', box: box({ exitCode: 0 }) }, { is: 'made' })).toBe('done');
    expect(classOf({ is: 'box', box: box() }, { is: 'made' })).toBe('box status=stopped');
  });
});

describe('a list', () => {
  const day = (n: number): string => `2026-06-0${n}T07:05:00Z`;
  it.each<[BoxObservation[], BoxExpect[], BoxExpect[], string]>([
    [[], [wants()], [], 'boxes listed=fewer'],
    [[box(), box()], [wants()], [], 'boxes listed=more'],
    [[box(), box()], [wants()], [wants()], 'boxes listed=other'],
    [[box({ status: 'running' })], [wants()], [], 'boxes listed=running'],
    [
      [box({ status: 'running' }), box({ status: 'failed' })],
      [wants(), wants()],
      [],
      'boxes listed=failed+running',
    ],
    [
      [box({ status: 'failed' })],
      [wants()],
      [wants({ states: [{ status: 'failed', code: null }] })],
      'boxes listed=other',
    ],
    [[box({ createdAt: day(1) }), box({ createdAt: day(2) })], [wants(), wants()], [], 'boxes listed=order'],
    [[box({ createdAt: day(2) }), box({ createdAt: day(1) })], [wants(), wants()], [], 'boxes listed=other'],
  ])('case %#', (boxes, all, optional, text) => {
    expect(classOf({ is: 'boxes', boxes }, { is: 'boxes', boxes: all, optional })).toBe(text);
  });

  it('where none is allowed is only a list', () => {
    expect(classOf({ is: 'boxes', boxes: [] }, { is: 'made' })).toBe('boxes');
  });
});
