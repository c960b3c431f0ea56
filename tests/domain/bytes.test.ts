import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { everyByte, fromBuffer, toBuffer, utf8 } from '../../domain/bytes.ts';

it('bytes are there and back the same, through JSON too', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 500 }), (data) => {
      const bytes = fromBuffer(data);
      expect(bytes).toHaveLength(data.length);
      expect(toBuffer(JSON.parse(JSON.stringify(bytes)))).toEqual(Buffer.from(data));
    }),
  );
});

it('everyByte is each of the 256 once, in order', () => {
  expect([...toBuffer(everyByte)]).toEqual(Array.from({ length: 256 }, (_, i) => i));
});

it('utf8 is what a process gets for a text', () => {
  expect(utf8('ü\n')).toBe('\xc3\xbc\n');
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      expect(toBuffer(utf8(text)).toString('utf8')).toBe(text);
    }),
  );
});
