import fc from 'fast-check';
import { expect, test } from 'vitest';
import { attributes, escapeText } from '../../report/markup.ts';

const undone = (text: string): string =>
  text
    .replaceAll('&#39;', "'")
    .replaceAll('&quot;', '"')
    .replaceAll('&gt;', '>')
    .replaceAll('&lt;', '<')
    .replaceAll('&amp;', '&');

test('escaped text holds nothing that opens a tag or ends an attribute, and nothing is lost', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      const escaped = escapeText(text);
      expect(escaped).not.toMatch(/[<>"']/u);
      if (!/[\x00-\x1f\ufffe\uffff]/u.test(text) && text.isWellFormed()) expect(undone(escaped)).toBe(text);
    }),
  );
});

test('what XML cannot hold is replaced', () => {
  expect(escapeText('a\0b\x1bc\ud800')).toBe('a\ufffdb\ufffdc\ufffd');
  expect(escapeText('tab\tline\n')).toBe('tab\tline\n');
});

test('attributes leave out what is not there', () => {
  expect(attributes({ a: 1, b: undefined, c: '"' })).toBe(' a="1" c="&quot;"');
});
