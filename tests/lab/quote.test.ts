import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { quote, quoteAll } from '../../lab/quote.ts';

const word = fc.string({ unit: 'binary', maxLength: 30 }).map((text) => text.replaceAll('\0', ''));

test('a shell reads quoted words back unchanged', () => {
  fc.assert(
    fc.property(fc.array(word, { minLength: 1, maxLength: 20 }), (words) => {
      const read = execFileSync('sh', ['-c', `printf '%s\\0' ${quoteAll(words)}`]);
      expect(read.equals(Buffer.from(words.map((w) => `${w}\0`).join('')))).toBe(true);
    }),
    { numRuns: 40 },
  );
});

test('plain words stay readable', () => {
  expect(quote('/opt/boxcheck/bin/boxlite')).toBe('/opt/boxcheck/bin/boxlite');
  expect(quote('')).toBe("''");
});
