import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { isChangedInUrl, isOutsideUri } from '../../../verdict/known/in-url.ts';

// What both SDKs and the --url client of 0.11.0 have found, and have not.
it.each([
  'a/b',
  'a\\b',
  'q-?#',
  '#',
  '?',
  'x%41',
  '%00',
  'a%2Fb',
  '%2e%2E',
  '.',
  '..',
  'a/.',
  '../x',
])('another text is meant by %j where it is not encoded', (text) => expect(isChangedInUrl(text)).toBe(true));
it.each(['a\tb', 'a\nb', 'a\rb', 'a\t', 'a\n', 'a ', '\n', '%ff'])('so it is by %j', (text) =>
  expect(isChangedInUrl(text)).toBe(true));
it.each([
  'alpha',
  'a b',
  ' a',
  '50%',
  '%zz',
  'é',
  'grüße',
  'a\u00a0',
  'a"b',
  'a<b',
  'a^b`{|}',
  'a+b',
  'a;b',
])('the same text is meant by %j', (text) => expect(isChangedInUrl(text)).toBe(false));
it.each(['a&b', '[a]', 'a\u0001b', 'a\x7fb', '...', '.h', 'a:b', 'import'])('so it is by %j', (text) =>
  expect(isChangedInUrl(text)).toBe(false));

it('a text that was encoded means another one again, where that has changed it', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', minLength: 1 }), (text) => {
      const encoded = encodeURIComponent(text);
      const isChanged = encoded !== text || /^\.{1,2}$/u.test(text);
      expect(isChangedInUrl(encoded)).toBe(isChanged);
    }),
  );
});

it.each([
  ['a b', true],
  ['a\tb', true],
  ['a<b', true],
  ['a>b', true],
  ['a`b', true],
  ['é', true],
  ['a\x7fb', true],
  ['bogus', false],
  ['a/b%20c', false],
  ['a"b', false],
  ['{a|b}^\\', false],
])('%j is outside of what a URI has: %s', (text, is) => expect(isOutsideUri(text)).toBe(is));
