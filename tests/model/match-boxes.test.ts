import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BoxObservation } from '../../domain/observation.ts';
import { codeFits, differences, newestFirst } from '../../model/match.ts';

const box = (part: Partial<BoxObservation> = {}): BoxObservation => ({
  id: 'AAAA',
  name: null,
  status: 'stopped',
  ...part,
});
const at = (ms: number): BoxObservation => box({ createdAt: new Date(ms).toISOString() });

describe('the code a view shows', () => {
  it.each([
    ['another code', 7, { exitCode: 0 }, false],
    ['none where there is one', 7, { exitCode: null }, false],
    ['a view without codes', 7, {}, true],
    ['a 0 for a failure', 7, { zeroCode: true }, false],
    ['a 0 for no code', null, { zeroCode: true }, true],
    ['a 0 for a success', 0, { zeroCode: true }, true],
    ['a 0 where anything goes', 'any', { zeroCode: true }, true],
  ] as const)('%s', (_, allowed, seen, fits) => {
    expect(codeFits(allowed, box(seen))).toBe(fits);
  });
});

describe('the order of a list', () => {
  it('is newest first, equal times in any order', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 5 })), (times) => {
        expect(newestFirst(times.toSorted((a, b) => b - a).map(at))).toBe(true);
        expect(newestFirst(times.map(at))).toBe(times.every((time, i) => time <= (times[i - 1] ?? time)));
      }),
    );
  });

  it('is not judged where no times are told', () => {
    expect(newestFirst([box(), at(2), box(), at(3), box()])).toBe(true);
  });

  it('is a difference of its own', () => {
    const boxes = ['box1', 'box2'].map((handle) => ({
      handle,
      name: null,
      states: [{ status: 'stopped', code: 7 }],
    }));
    const context = {
      via: 'cli',
      idOf: (handle: string) => handle,
      realName: (name: string) => name,
    } as const;
    const seen = [box({ ...at(1), id: 'box1' }), box({ ...at(2), id: 'box2' })];
    const judge = (listed: BoxObservation[]) =>
      differences({ is: 'boxes', boxes, optional: [] }, { is: 'boxes', boxes: listed }, context);
    expect(judge(seen)).toEqual(['boxes are not listed newest first']);
    expect(judge(seen.toReversed())).toEqual([]);
  });
});
