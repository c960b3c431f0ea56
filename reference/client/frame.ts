/** A WebSocket frame without its wrapping. */
export interface Frame {
  opcode: number;
  data: Buffer;
}

export const opcodes = { text: 1, binary: 2, close: 8, ping: 9, pong: 10 } as const;

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

/** Takes the frames of a server out of a byte stream; it neither masks nor cuts them. */
export function frameReader(): (chunk: Buffer) => Frame[] {
  let seen: Buffer = Buffer.alloc(0);
  return (chunk) => {
    seen = seen.length === 0 ? chunk : Buffer.concat([seen, chunk]);
    const frames: Frame[] = [];
    for (let end = endOf(seen); end !== null; end = endOf(seen)) {
      frames.push({ opcode: seen.readUInt8(0) & 0x0f, data: seen.subarray(end.start, end.size) });
      seen = seen.subarray(end.size);
    }
    return frames;
  };
}

/** Where the data of the first frame begins and ends; null while it is not complete. */
function endOf(seen: Buffer): { start: number; size: number } | null {
  if (seen.length < 2) return null;
  const short = seen.readUInt8(1) & 0x7f;
  const start = short === 126 ? 4 : short === 127 ? 10 : 2;
  if (seen.length < start) return null;
  const length =
    short === 126 ? seen.readUInt16BE(2) : short === 127 ? Number(seen.readBigUInt64BE(2)) : short;
  return seen.length < start + length ? null : { start, size: start + length };
}
