import { expect, test } from 'vitest';
import { abbreviate, sha256 } from '../../report/abbreviate.ts';

test('long strings are told by length, hash and ends; all else stays', () => {
  const long = 'x'.repeat(600);
  expect(abbreviate({ a: [long, 'short', 1, null, { b: true }] })).toEqual({
    a: [
      { length: 600, sha256: sha256(long), begins: 'x'.repeat(48), ends: 'x'.repeat(48) },
      'short',
      1,
      null,
      { b: true },
    ],
  });
});

test('the hash is that of the bytes, not of their UTF-8 form', () => {
  expect(sha256('\xff')).toBe('a8100ae6aa1940d0b663bb31cd466142ebbdbd5187131b92d93818987832eb89');
});
