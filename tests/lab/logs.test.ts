import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseLogs } from '../../runtime/targets/lab/logs.ts';

const name = fc.stringMatching(/^[\w./-]{1,20}$/);

test('logs are taken apart whatever they hold', () => {
  fc.assert(
    fc.property(fc.dictionary(name, fc.string({ unit: 'grapheme' })), (logs) => {
      const parts = Object.entries(logs).map(([file, text]) => `${Buffer.byteLength(text)} ${file}\n${text}`);
      expect(parseLogs(Buffer.from(parts.join('')))).toEqual({ ...logs });
    }),
  );
});

test('a log may have any name', () => {
  expect(Object.entries(parseLogs(Buffer.from('1 __proto__\nx')))).toEqual([['__proto__', 'x']]);
});

test('an answer that was cut off gives what there is', () => {
  expect(parseLogs(Buffer.from('3 a\nxyz10 b\nshort'))).toEqual({ a: 'xyz', b: 'short' });
  expect(parseLogs(Buffer.from('nonsense'))).toEqual({});
});
