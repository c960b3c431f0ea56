import type { Readable } from 'node:stream';
import { type Bytes, fromBuffer } from '../../domain/bytes.ts';

/** A Collected stream is the output taken from a stream so far. */
export interface Collected {
  bytes(): Bytes;
  /** Chunks received; changes whenever something arrives. */
  chunks(): number;
  ended(): boolean;
}

/**
 * Gathers a stream's bytes, at most `limitBytes`; what comes later is dropped and `onOverflow` called once.
 * A null stream is one that has ended without output.
 */
export function collect(stream: Readable | null, limitBytes: number, onOverflow: () => void): Collected {
  const parts: Buffer[] = [];
  let sizeBytes = 0;
  let count = 0;
  let over = stream === null;
  stream?.on('data', (chunk: Uint8Array) => {
    count += 1;
    const room = limitBytes - sizeBytes;
    if (room > 0) parts.push(Buffer.from(chunk.subarray(0, room)));
    if (chunk.length > room && sizeBytes <= limitBytes) onOverflow();
    sizeBytes += chunk.length;
  });
  for (const event of ['end', 'close', 'error']) stream?.once(event, () => (over = true));
  return { bytes: () => fromBuffer(Buffer.concat(parts)), chunks: () => count, ended: () => over };
}
