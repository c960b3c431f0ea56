import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { decoder, encode } from '../../../reference/vm/protocol.ts';

test('messages arrive whole and in order, however the stream is cut', () => {
  const message = fc.record({
    id: fc.nat(),
    data: fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes)),
  });
  fc.assert(
    fc.property(
      fc.array(message, { maxLength: 6 }),
      fc.array(fc.nat({ max: 60 }), { maxLength: 30 }),
      (messages, cuts) => {
        const stream = Buffer.concat(messages.map(encode));
        const received: unknown[] = [];
        const decode = decoder();
        let at = 0;
        for (const cut of [...cuts, stream.length]) {
          if (cut > 0 && at < stream.length) received.push(...decode(stream.subarray(at, at + cut)));
          at += cut;
        }
        expect(received).toEqual(messages);
      },
    ),
  );
});

test('a length that cannot be true is refused', () => {
  expect(() => decoder()(Buffer.from('GET / HTTP/1.1'))).toThrow('does not speak this protocol');
});
