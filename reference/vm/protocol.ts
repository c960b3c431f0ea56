import type { Socket } from 'node:net';
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

export type Failure = { message: string; failure?: SpawnFailure };

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
  const head = Buffer.alloc(headBytes);
  const body = serialize(message);
  head.writeUInt32BE(body.length);
  return Buffer.concat([head, body]);
}

/**
 * Puts messages together from what a socket delivers, in whatever pieces.
 * @returns a function to feed with data, which gives the messages that are complete. It throws when a length cannot
 * be true.
 */
export function decoder(): (data: Buffer) => unknown[] {
  let seen: Buffer = Buffer.alloc(0);
  return (data) => {
    seen = seen.length === 0 ? data : Buffer.concat([seen, data]);
    const messages: unknown[] = [];
    while (seen.length >= headBytes) {
      const length = seen.readUInt32BE();
      if (length > largestBytes)
        throw new Error(`a message of ${length} bytes: the other end does not speak this protocol`);
      if (seen.length < headBytes + length) break;
      messages.push(deserialize(seen.subarray(headBytes, headBytes + length)));
      seen = seen.subarray(headBytes + length);
    }
    return messages;
  };
}

/** Speaks over a socket. Nonsense from the other end ends the connection. Gives the function that sends. */
export function speak<Message>(socket: Socket, hear: (message: Message) => void): (message: unknown) => void {
  const decode = decoder();
  const decoded = (data: Buffer) => {
    try {
      return decode(data);
    } catch {
      socket.destroy();
      return [];
    }
  };
  socket.on('data', (data) => {
    for (const message of decoded(data)) hear(message as Message);
  });
  // A broken connection ends like a closed one.
  socket.on('error', () => socket.destroy());
  return (message) => {
    if (!socket.destroyed) socket.write(encode(message));
  };
}
