import { expect, it } from 'vitest';
import { canonical } from '../../program/canonical.ts';

it('is the same for equal values, whatever the order of keys and whether what is absent is named', () => {
  expect(canonical({ b: [{ d: 1, c: null }], a: 'x' })).toBe('{"a":"x","b":[{"c":null,"d":1}]}');
  expect(canonical({ a: 1, b: undefined })).toBe(canonical({ a: 1 }));
  expect(canonical([2, 1])).not.toBe(canonical([1, 2]));
  expect(canonical(null)).toBe('null');
  expect(canonical(undefined)).toBe('null');
});
