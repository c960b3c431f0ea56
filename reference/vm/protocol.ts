import { deserialize, serialize } from 'node:v8';
import type { EndListener, Hypervisor, ProcessEvent, SpawnFailure } from './port.ts';

/** Calls that are passed through as they are. */
type PlainCall = Exclude<keyof Hypervisor, 'follow' | 'onEnd'>;

export type Request =
  | { id: number; call: PlainCall; args: unknown[] }
  /** The client chooses the number under which events come. */
  | { id: number; call: 'follow'; args: [box: string, process: string, subscription: number] }
  /** Answered by a daemon that is well. */
  | { id: number; call: 'hello'; args: [] };

export type Failure = { message: string } | { failure: SpawnFailure };

export type Response =
  | { id: number; value: unknown }
  | { id: number; error: Failure }
  | { subscription: number; event: ProcessEvent }
  | { end: Parameters<EndListener>[0] };

/** Beyond what a copied archive may hold (512 MiB, contract 4.5) nothing is one message. */
const largestBytes = 600 * 1024 * 1024;
const headBytes = 4;

/** A message as it goes over the socket: length, then the value; buffers in it stay buffers. */
export function encode(message: unknown): Buffer {
  const body = serialize(message);
  const frame = Buffer.allocUnsafe(headBytes + body.length);
  frame.writeUInt32BE(body.length);
  body.copy(frame, headBytes);
  return frame;
}

/**
 * Puts messages together from what a socket delivers, in whatever pieces.
 * @returns a function to feed with data. It throws when a length cannot be true.
 */
export function decoder(onMessage: (message: unknown) => void): (data: Buffer) => void {
  let pieces: Buffer[] = [];
  let size = 0;
  return (data) => {
    pieces.push(data);
    size += data.length;
    let all: Buffer | null = null;
    let at = 0;
    for (;;) {
      if (size - at < headBytes) break;
      all ??= pieces.length === 1 ? data : Buffer.concat(pieces);
      const length = all.readUInt32BE(at);
      if (length > largestBytes)
        throw new Error(`a message of ${length} bytes: the other end does not speak this protocol`);
      if (size - at - headBytes < length) break;
      onMessage(deserialize(all.subarray(at + headBytes, at + headBytes + length)));
      at += headBytes + length;
    }
    if (all) pieces = at < size ? [all.subarray(at)] : [];
    size -= at;
  };
}
