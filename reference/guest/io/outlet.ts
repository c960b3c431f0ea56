import { limits } from '../limits.ts';
import { Waiters } from './waiters.ts';

/** Somebody outside the guest who receives a stream. */
export interface Follower {
  data(chunk: Buffer): void;
  /** true while it can take no more; the writer in the guest waits then. */
  full(): boolean;
}

/** Waits for a wake-up call, unless the one who waits has ended. */
export type Wait = (arm: Waiters['add']) => Promise<void>;

/**
 * One output stream leaving the guest. It keeps the last 256 KiB in whole chunks (contract 5.4), so that a
 * follower who comes late, or comes again, first gets what there was. With no follower nothing ever waits.
 */
export class Outlet {
  #chunks: Buffer[] = [];
  #kept = 0;
  #ended = false;
  readonly #followers = new Set<Follower>();
  /** Runs while a follower has been announced but has not come yet. */
  #expected: NodeJS.Timeout | null = null;
  readonly #drained = new Waiters();

  /** Changes what goes out: a terminal's line ends, and seeded defects. */
  filter: (chunk: Buffer) => Buffer = (chunk) => chunk;

  /** Bytes kept for replays. */
  get keptBytes(): number {
    return this.#kept;
  }

  /**
   * Starting a process and following it are two calls. A starter who says that it will follow loses nothing in between
   * (contract 7.5): before the backlog would lose something, writers wait for it, but not for ever.
   */
  expectFollower(): void {
    this.#expected = setTimeout(() => this.#arrived(), limits.followWithinMs).unref();
  }

  /** Nobody is waited for any more. */
  #arrived(): void {
    if (this.#expected) clearTimeout(this.#expected);
    this.#expected = null;
    this.drained();
  }

  /** Replays what is kept, then goes live. Gives a function that ends it. */
  follow(follower: Follower): () => void {
    for (const chunk of this.#chunks) follower.data(chunk);
    if (!this.#ended) this.#followers.add(follower);
    this.#arrived();
    return () => {
      this.#followers.delete(follower);
      this.drained();
    };
  }

  /** A follower that was full has room again, or has gone. */
  drained(): void {
    this.#drained.wake();
  }

  /** Writes all of it, in chunks; waits where a follower has no room. */
  async write(data: Buffer, wait: Wait): Promise<void> {
    for (let at = 0; at < data.length && !this.#ended; at += limits.chunkBytes) {
      while (!this.#ended && this.#isFull()) await wait(this.#drained.add);
      this.#take(data.subarray(at, at + limits.chunkBytes));
    }
  }

  /** No more output. */
  finish(): void {
    this.#ended = true;
    this.#followers.clear();
    this.#arrived();
  }

  #isFull(): boolean {
    if (this.#expected && this.#kept >= limits.backlogBytes / 2) return true;
    for (const follower of this.#followers) if (follower.full()) return true;
    return false;
  }

  #take(written: Buffer): void {
    const chunk = this.filter(written);
    if (this.#ended || chunk.length === 0) return;
    for (const follower of this.#followers) follower.data(chunk);
    this.#keep(chunk);
  }

  #keep(chunk: Buffer): void {
    const last = this.#chunks.at(-1);
    const merge = last && last.length + chunk.length <= limits.mergeBytes;
    if (merge) this.#chunks[this.#chunks.length - 1] = Buffer.concat([last, chunk]);
    // A copy, because a chunk may be a piece of something much larger.
    else this.#chunks.push(Buffer.from(chunk));
    this.#kept += chunk.length;
    while (this.#kept > limits.backlogBytes) this.#kept -= this.#chunks.shift()?.length ?? 0;
  }
}
