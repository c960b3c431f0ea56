import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { fingerprint } from '../../model/fingerprint.ts';
import { isSame } from '../../model/same.ts';

/** The same data with the fields of each object in the opposite order. */
function turned(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(turned);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, part]) => [key, turned(part)] as const);
  return Object.fromEntries(entries.reverse());
}

test('pieces of data that are equal have the same fingerprint, whatever the order of their fields', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const other = turned(value);
      fc.pre(isSame(value, other));
      expect(fingerprint(other)).toBe(fingerprint(value));
    }),
  );
});

test.each([
  [
    { a: 1, b: 2 },
    { a: 2, b: 1 },
  ],
  [{ status: 'running' }, { status: 'stopped' }],
  [{ out: 'x'.repeat(100) }, { out: 'x'.repeat(101) }],
  [{ box: { code: null } }, { box: { code: 0 } }],
  [{ a: undefined }, {}],
  [
    ['a', 'b'],
    ['b', 'a'],
  ],
])('%j and %j have different ones', (one, other) => {
  expect(fingerprint(one)).not.toBe(fingerprint(other));
});
