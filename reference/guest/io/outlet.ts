import { limits } from '../limits.ts';
import type { GuestProcess } from '../process/process.ts';
import { type OpenFile, openFile } from './open-file.ts';
import { Waiters } from './waiters.ts';

/** Somebody outside the guest who receives a stream. */
export interface Follower {
  data(chunk: Buffer): void;
  end(): void;
  /** true while it can take no more; the writer in the guest waits then. */
  full(): boolean;
}

/**
 * One output stream leaving the guest. It keeps the last 256 KiB in whole chunks (contract 5.4), so that a
 * follower who comes late, or comes again, first gets what there was. With no follower nothing ever waits.
 */
export class Outlet {
  readonly file: OpenFile;
  #chunks: Buffer[] = [];
  #kept = 0;
  #ended = false;
  readonly #followers = new Set<Follower>();
  /** Runs while a follower has been announced but has not come yet. */
  #expected: NodeJS.Timeout | null = null;
  readonly #drained = new Waiters();
  readonly #end = new Waiters();

  /** Changes what goes out; only seeded defects set it. */
  filter: (chunk: Buffer) => Buffer = (chunk) => chunk;

  constructor() {
    this.file = openFile({ write: (by, data) => this.#write(by, data), close: () => this.finish() });
  }

  /** Bytes kept for replays. */
  get keptBytes(): number {
    return this.#kept;
  }

  get ended(): boolean {
    return this.#ended;
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
    if (this.#ended) follower.end();
    else this.#followers.add(follower);
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

  /** Calls back when no process can write any more. */
  onEnd(listener: () => void): void {
    if (this.#ended) listener();
    else this.#end.add(listener);
  }

  /** Takes data in whatever the followers can take; for what the terminal echoes. */
  push(data: Buffer): void {
    if (this.#ended || data.length === 0) return;
    for (let at = 0; at < data.length; at += limits.chunkBytes)
      this.#take(data.subarray(at, at + limits.chunkBytes));
  }

  /** No more output, whoever still holds the file. */
  finish(): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#arrived();
    for (const follower of this.#followers) follower.end();
    this.#followers.clear();
    this.#end.wake();
    this.#drained.wake();
  }

  async #write(by: GuestProcess, data: Buffer): Promise<void> {
    for (let at = 0; at < data.length && !this.#ended; at += limits.chunkBytes) {
      while (!this.#ended && this.#isFull()) await by.block(this.#drained.add);
      this.#take(data.subarray(at, at + limits.chunkBytes));
    }
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
    // A copy, because a guest may go on using the memory behind its buffer.
    else this.#chunks.push(Buffer.from(chunk));
    this.#kept += chunk.length;
    while (this.#kept > limits.backlogBytes) this.#kept -= this.#chunks.shift()?.length ?? 0;
  }
}
