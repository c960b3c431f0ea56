import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BytesExpect } from '../../model/expect.ts';
import { bytesDifference } from '../../model/match-bytes.ts';

describe('bytesDifference', () => {
  const bytes = fc.string({ unit: 'binary', maxLength: 40 });
  const fits = (expected: BytesExpect, seen: string) => bytesDifference('x', expected, seen) === null;

  it('exactly: equal only', () => {
    fc.assert(fc.property(bytes, bytes, (a, b) => fits({ exactly: a }, b) === (a === b)));
  });

  it('prefixOf: every beginning, nothing else', () => {
    fc.assert(fc.property(bytes, fc.nat(40), (a, n) => fits({ prefixOf: a }, a.slice(0, n))));
    fc.assert(fc.property(bytes, (a) => !fits({ prefixOf: a }, `${a}x`)));
  });

  it('suffixOf: every end that is long enough', () => {
    fc.assert(
      fc.property(bytes, fc.nat(40), fc.nat(40), (a, n, atLeast) => {
        const end = a.slice(n);
        return fits({ suffixOf: a, atLeast }, end) === end.length >= atLeast;
      }),
    );
  });

  it('contains: all parts', () => {
    fc.assert(fc.property(bytes, bytes, bytes, (a, b, c) => fits({ contains: [a, c] }, a + b + c)));
    expect(fits({ contains: ['a', 'b'] }, 'a')).toBe(false);
  });

  it('numbers: each of them there and large enough, others do not count', () => {
    fc.assert(
      fc.property(fc.nat(), fc.nat(), (least, told) => {
        const seen = JSON.stringify({ total: told, other: 'x' });
        return fits({ numbers: { total: [least, null] } }, seen) === told >= least;
      }),
    );
    expect(bytesDifference('x', { numbers: { total: [2, null] } }, '{"total":1}')).toBe(
      'total is 1, less than 2',
    );
    for (const seen of ['{}', '{"total":"3"}', 'null', '[', ''])
      expect(fits({ numbers: { total: [0, null] } }, seen)).toBe(false);
  });
});
