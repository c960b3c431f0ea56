import type { Writable } from 'node:stream';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as ws from 'ws';
import { Backlog } from '../../reference/backlog.ts';
import { encodeFrame, frameReader, opcodes } from '../../reference/client/frame.ts';
import { pack, unpack } from '../../reference/server/tar.ts';
import type { TreeEntry } from '../../reference/vm/port.ts';

/** The part of `ws` that takes a client's bytes apart; its types do not mention it. */
const { Receiver } = ws as unknown as { Receiver: new (options: object) => Writable };

/** A server's frame: like a client's, but without the mask. */
function serverFrame(opcode: number, data: Buffer): Buffer {
  const first = 0x80 | opcode;
  if (data.length < 126) return Buffer.concat([Buffer.of(first, data.length), data]);
  const head = Buffer.alloc(4);
  head[0] = first;
  head[1] = 126;
  head.writeUInt16BE(data.length, 2);
  return Buffer.concat([head, data]);
}

const payload = fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes));

describe('websocket frames', () => {
  test('come out as they went in, however the bytes are cut', () => {
    const cuts = fc.array(fc.nat(2_000), { maxLength: 8 });
    fc.assert(
      fc.property(fc.array(payload, { maxLength: 5 }), cuts, (payloads, at) => {
        const bytes = Buffer.concat(payloads.map((data) => serverFrame(opcodes.binary, data)));
        const edges = [0, ...at.map((n) => n % (bytes.length + 1)).sort((a, b) => a - b), bytes.length];
        const read = frameReader();
        const frames = edges.slice(1).flatMap((end, i) => read(bytes.subarray(edges[i], end)));
        expect(frames.map(({ data }) => data.toString('hex'))).toEqual(
          payloads.map((data) => data.toString('hex')),
        );
      }),
    );
  });

  test('are understood by an ordinary server', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 70_000 }), (bytes) => {
        const receiver = new Receiver({ isServer: true, allowSynchronousEvents: true });
        const seen: Buffer[] = [];
        receiver.on('message', (data: Buffer) => void seen.push(data));
        receiver.write(encodeFrame(opcodes.binary, Buffer.from(bytes)));
        expect(seen.map((data) => data.compare(bytes))).toEqual([0]);
      }),
      { numRuns: 30 },
    );
  });
});

test('a backlog keeps the end of a stream, all of it but for less than a chunk', () => {
  const sizes = fc.array(fc.integer({ min: 1, max: 9_000 }), { maxLength: 20 });
  fc.assert(
    fc.property(sizes, fc.integer({ min: 20_000, max: 40_000 }), (lengths, limit) => {
      const chunks = lengths.map((length, index) => Buffer.alloc(length, index));
      const backlog = new Backlog();
      for (const chunk of chunks) backlog.keep(chunk, limit);
      const [all, kept] = [Buffer.concat(chunks), Buffer.concat(backlog.chunks)];
      expect(kept.equals(all.subarray(all.length - kept.length))).toBe(true);
      expect(backlog.bytes).toBe(kept.length);
      expect(kept.length).toBeLessThanOrEqual(limit);
      expect(kept.length).toBeGreaterThan(Math.min(all.length, limit - 9_000) - 1);
    }),
  );
});

test('a tree survives the archive', async () => {
  const tree: TreeEntry[] = [
    { path: 'd', kind: 'directory', mode: 0o755 },
    { path: 'd/f', kind: 'file', mode: 0o600, data: Buffer.from([0, 255, 10]) },
  ];
  const owner = { uid: 0, gid: 0 };
  expect(await unpack(await pack(tree), 100)).toEqual(tree.map((entry) => ({ ...entry, owner })));
  await expect(unpack(await pack(tree), 2)).rejects.toThrow('more than 2 bytes');
  await expect(unpack(Buffer.from('x'.repeat(600)), 100)).rejects.toThrow('not a tar archive');
});
