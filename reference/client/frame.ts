/** A WebSocket frame without its wrapping. */
export interface Frame {
  opcode: number;
  data: Buffer;
}

export const opcodes = { continuation: 0, text: 1, binary: 2, close: 8, ping: 9, pong: 10 } as const;

/** Bytes of a client's frame: masked, as RFC 6455 wants it. */
export function encodeFrame(opcode: number, data: Buffer): Buffer {
  const mask = Buffer.from([1, 2, 3, 4].map(() => Math.floor(Math.random() * 256)));
  const masked = Buffer.from(data.map((byte, index) => byte ^ (mask[index % 4] ?? 0)));
  return Buffer.concat([header(opcode, data.length), mask, masked]);
}

function header(opcode: number, length: number): Buffer {
  if (length < 126) return Buffer.of(0x80 | opcode, 0x80 | length);
  const long = length > 0xffff;
  const head = Buffer.alloc(long ? 10 : 4);
  head[0] = 0x80 | opcode;
  head[1] = 0x80 | (long ? 127 : 126);
  if (long) head.writeBigUInt64BE(BigInt(length), 2);
  else head.writeUInt16BE(length, 2);
  return head;
}

/** Takes frames out of a byte stream; `push` gives those that are complete, fragments joined. */
export function frameReader(): (chunk: Buffer) => Frame[] {
  let seen: Buffer = Buffer.alloc(0);
  let parts: Buffer[] = [];
  let opcode = 0;
  return (chunk) => {
    seen = seen.length === 0 ? chunk : Buffer.concat([seen, chunk]);
    const frames: Frame[] = [];
    for (let raw = takeRaw(seen); raw; raw = takeRaw(seen)) {
      seen = seen.subarray(raw.size);
      if (raw.opcode >= opcodes.close) {
        frames.push({ opcode: raw.opcode, data: raw.data });
        continue;
      }
      if (raw.opcode !== opcodes.continuation) opcode = raw.opcode;
      parts.push(raw.data);
      if (!raw.final) continue;
      frames.push({ opcode, data: Buffer.concat(parts) });
      parts = [];
    }
    return frames;
  };
}

interface RawFrame extends Frame {
  final: boolean;
  size: number;
}

/** The first complete frame of a server; servers do not mask. */
function takeRaw(seen: Buffer): RawFrame | null {
  if (seen.length < 2) return null;
  const short = seen.readUInt8(1) & 0x7f;
  const start = short === 126 ? 4 : short === 127 ? 10 : 2;
  if (seen.length < start) return null;
  const length =
    short === 126 ? seen.readUInt16BE(2) : short === 127 ? Number(seen.readBigUInt64BE(2)) : short;
  if (seen.length < start + length) return null;
  const first = seen.readUInt8(0);
  const data = seen.subarray(start, start + length);
  return { opcode: first & 0x0f, final: (first & 0x80) !== 0, data, size: start + length };
}
