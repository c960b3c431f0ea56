import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { textBytes, textOf } from '../../domain/any-text.ts';
import { everyByte, isText, utf8 } from '../../domain/bytes.ts';
import { expanded, type Fill, filled, fillOf, type Pattern } from '../../domain/fill.ts';

const patterns: Pattern[] = ['lines', 'line', 'text', 'bytes'];
const fills = (min: number): fc.Arbitrary<Fill> =>
  fc.record({ size: fc.integer({ min, max: 5_000 }), pattern: fc.constantFrom(...patterns) });

test.each<[Fill, string]>([
  [{ size: 17, pattern: 'lines' }, '0123456789abcde\n0'],
  [{ size: 3, pattern: 'line' }, 'xxx'],
  [{ size: 25, pattern: 'text' }, utf8('aé漢🙂\naé漢🙂\n')],
  [{ size: 1, pattern: 'text' }, utf8('aé漢🙂\n')],
  [{ size: 256, pattern: 'bytes' }, everyByte],
])('%j is that', (fill, bytes) => {
  expect(filled(fill)).toBe(bytes);
});

test('data has as many bytes as it is told to have, of text as many as whole lines of it need', () => {
  fc.assert(
    fc.property(fills(11), (fill) => {
      const { length } = filled(fill);
      expect(length).toBe(fill.pattern === 'text' ? fill.size - (fill.size % 11) : fill.size);
    }),
  );
});

test('all patterns but that of all bytes are text, as long as a command line has them', () => {
  fc.assert(
    fc.property(fills(256), (fill) => {
      expect(isText(filled(fill))).toBe(fill.pattern !== 'bytes');
      if (fill.pattern === 'bytes') return;
      const told = { ...fill, pattern: fill.pattern };
      expect(utf8(textOf(told))).toBe(textBytes(told));
    }),
  );
});

test('the pattern of long bytes is found again, and none in others', () => {
  fc.assert(
    fc.property(fills(220), (fill) => {
      const bytes = filled(fill);
      expect(filled(fillOf(bytes) as Fill)).toBe(bytes);
      expect(fillOf(`${bytes}?`)).toBeNull();
    }),
  );
  expect(fillOf('xxx')).toBeNull();
});

test('literal data is what it is', () => {
  expect(expanded('a\xff')).toBe('a\xff');
  expect(textOf('ü')).toBe('ü');
  expect(textBytes('ü')).toBe('\xc3\xbc');
});
