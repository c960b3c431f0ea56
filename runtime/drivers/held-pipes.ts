import type { Readable } from 'node:stream';
import type { Collected } from './collect.ts';

/** Silence after the process has ended before its pipes are taken to be held by somebody else. */
const IDLE_MS = 250;
/** However much a grandchild goes on writing. */
const MAX_MS = 2_000;

/**
 * Lets go of pipes that outlive their process: a virtual machine left running by a detached box may have
 * inherited them, and reading to their end would then take as long as the box lives. Called at the
 * process's end.
 */
export function letGoOfPipes(pipes: { stream: Readable | null; taken: Collected }[]): void {
  const seenChunks = () => pipes.reduce((sum, pipe) => sum + pipe.taken.chunks(), 0);
  const done = () => pipes.every((pipe) => pipe.taken.ended());
  const endedAt = performance.now();
  const look = (before: number) => {
    if (done()) return;
    const now = seenChunks();
    if (now !== before && performance.now() - endedAt < MAX_MS) return again(now);
    for (const pipe of pipes) pipe.stream?.destroy();
  };
  // The second hop lets a busy event loop read what is already in the pipe before it is judged silent.
  const again = (before: number) => setTimeout(() => setImmediate(look, before), IDLE_MS);
  again(seenChunks());
}
