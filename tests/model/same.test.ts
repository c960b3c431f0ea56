import { isDeepStrictEqual } from 'node:util';
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { isSame } from '../../model/same.ts';

const data = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom<unknown>(undefined, null, 0, -0, Number.NaN, 1, '', 'a', true),
    fc.array(tie('value'), { maxLength: 2 }),
    fc.dictionary(fc.constantFrom('a', 'b', 'c'), tie('value'), { maxKeys: 3, noNullPrototype: true }),
  ),
})).value;

it('tells plain data as strictly as Node does', () => {
  fc.assert(
    fc.property(data, data, (a, b) => {
      expect(isSame(a, b)).toBe(isDeepStrictEqual(a, b));
      expect(isSame(a, structuredClone(a))).toBe(true);
    }),
    { numRuns: 2000 },
  );
});

it.each<[unknown, unknown]>([
  [{ a: undefined }, { b: undefined }],
  [
    { a: 1, b: undefined },
    { a: 1, c: undefined },
  ],
  [{ a: [] }, { a: {} }],
  [[], {}],
  [{ a: null }, { a: {} }],
  [{ a: { b: 1 } }, { a: { b: 2 } }],
])('%j is not %j', (a, b) => {
  expect(isSame(a, b)).toBe(false);
  expect(isSame(b, a)).toBe(false);
});

it('goes into no part that is not asked for, where a word beside it differs', () => {
  const part = new Proxy({}, { ownKeys: () => expect.unreachable('the part is gone into') });
  expect(isSame({ part, word: 1 }, { part: {}, word: 2 })).toBe(false);
  expect(isSame({ part }, { part })).toBe(true);
});
