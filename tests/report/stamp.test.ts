import fc from 'fast-check';
import { expect, test } from 'vitest';
import { duration, slug, stamp } from '../../report/stamp.ts';

test('stamps sort by time and are fit for file names', () => {
  const times = fc.date({ min: new Date('2000-01-01'), max: new Date('2100-01-01'), noInvalidDate: true });
  fc.assert(
    fc.property(times, times, (a, b) => {
      expect(stamp(a)).toMatch(/^\d{4}-\d{2}-\d{2}T\d{6}Z$/u);
      if (a.getTime() + 1000 <= b.getTime()) expect(stamp(a) < stamp(b)).toBe(true);
    }),
  );
});

test('slugs are short, never empty, and safe', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 200 }), (text) => {
      expect(slug(text)).toMatch(/^[a-z0-9](?:[a-z0-9-]{0,58}[a-z0-9])?$/u);
    }),
  );
  expect(slug('exec via cli: 500 <path>')).toBe('exec-via-cli-500-path');
});

test.each([
  [0, '0 ms'],
  [999, '999 ms'],
  [12_340, '12.3 s'],
  [59_999, '1 min 00 s'],
  [245_000, '4 min 05 s'],
  [7_620_000, '2 h 07 min'],
])('%i ms is said as %s', (ms, text) => {
  expect(duration(ms)).toBe(text);
});
