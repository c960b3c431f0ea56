import type { Readable } from 'node:stream';
import { type Bytes, fromBuffer } from '../../domain/bytes.ts';

/** A Pipe is what a process writes to one stream, as far as it was taken. */
export interface Pipe {
  bytes(): Bytes;
  /** Chunks received; changes whenever something arrives. */
  chunks(): number;
  ended(): boolean;
  /** Takes no more. */
  letGo(): void;
}

/**
 * Gathers a stream's bytes, at most `limitBytes`; what comes later is dropped and `onOverflow` called once.
 * A null stream is one that has ended without output.
 */
export function collect(stream: Readable | null, limitBytes: number, onOverflow: () => void): Pipe {
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
  return {
    bytes: () => fromBuffer(Buffer.concat(parts)),
    chunks: () => count,
    ended: () => over,
    letGo: () => stream?.destroy(),
  };
}

/** Silence after the process has ended before its pipes are taken to be held by somebody else. */
const IDLE_MS = 250;
/** However much a grandchild goes on writing. */
const MAX_MS = 2_000;

/**
 * Lets go of pipes that outlive their process: a virtual machine left running by a detached box may have inherited
 * them, and reading to their end would then take as long as the box lives. Called at the process's end.
 */
export function letGoOfPipes(pipes: readonly Pipe[]): void {
  const seenChunks = () => pipes.reduce((sum, pipe) => sum + pipe.chunks(), 0);
  const endedAt = performance.now();
  const look = (before: number) => {
    if (pipes.every((pipe) => pipe.ended())) return;
    const now = seenChunks();
    if (now !== before && performance.now() - endedAt < MAX_MS) return again(now);
    for (const pipe of pipes) pipe.letGo();
  };
  // The second hop lets a busy event loop read what is already in the pipe before it is judged silent.
  const again = (before: number) => setTimeout(() => setImmediate(look, before), IDLE_MS);
  again(seenChunks());
}
