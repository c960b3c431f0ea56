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

  it('parts: each as it says, the last with the line between them in it as well', () => {
    const fitsParts = (seen: string) =>
      fits({ parts: [{ exactly: 'a\n' }, { exactly: '' }, { contains: ['c'] }] }, seen);
    expect(fitsParts('a\n--\n--\nc')).toBe(true);
    expect(fitsParts('a\n--\n--\n--\nc')).toBe(true);
    for (const seen of ['a\n--\nc', 'b\n--\n--\nc', 'a\n--\nx--\nc', 'a\n--\n--\nd', ''])
      expect(fitsParts(seen)).toBe(false);
  });

  it('variables: each of them once with its value, and no other of a program', () => {
    const fitsEnviron = (seen: string) => fits({ variables: { BC_A: 'a=\n', BC_E: '' } }, seen);
    expect(fitsEnviron('PATH=/bin\0BC_E=\0BC_A=a=\n\0')).toBe(true);
    for (const seen of ['BC_A=a=\n\0', 'BC_A=a=\0BC_E=\0', 'BC_A=a=\n\0BC_E=\0BC_X=1\0', ''])
      expect(fitsEnviron(seen)).toBe(false);
    expect(fitsEnviron('BC_A=1\0BC_A=a=\n\0BC_E=\0')).toBe(false);
  });

  it('between: a whole number a line, each in its range', () => {
    const ranges = {
      between: [
        [1, 1],
        [5, 7],
      ] as const,
    };
    expect(fits(ranges, '1\n7\n')).toBe(true);
    for (const seen of ['1\n', '1\n8\n', '2\n6\n', '1\nx\n', '1\n6\n6\n'])
      expect(fits(ranges, seen)).toBe(false);
  });

  it('bits: those that must be set and clear in a hexadecimal number', () => {
    const bits = { bits: { set: [0, 40], clear: [1] } };
    expect(fits(bits, '000001fffffffffd\n')).toBe(true);
    for (const seen of ['000001ffffffffff\n', '000000fffffffffd\n', 'x', ''])
      expect(fits(bits, seen)).toBe(false);
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
