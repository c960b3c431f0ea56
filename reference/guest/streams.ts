import { Backlog, keptBytes } from '../backlog.ts';
import { defect } from '../defects/switch.ts';

/** Largest chunk of output; contract 7.5 allows one chunk of slack, so chunks stay small beside the backlog. */
export const chunkBytes = 32 * 1024;
/** What the seeded defect of a pipe that nobody empties holds. */
const unreadBytes = 64 * 1024;
/** How long writers wait for a follower who was announced, milliseconds. */
const followWithinMs = 5_000;

/** Callbacks waiting for something to change; each is called once. */
export class Waiters {
  #waiting = new Set<() => void>();

  /** Registers a callback. Gives a function that takes it back. */
  readonly add = (wake: () => void): (() => void) => {
    this.#waiting.add(wake);
    return () => this.#waiting.delete(wake);
  };

  wake(): void {
    const waiting = this.#waiting;
    this.#waiting = new Set();
    for (const wake of waiting) wake();
  }
}

/** The stdin of a process: a queue of bytes that is filled from outside the guest. */
export class Inlet {
  readonly #chunks: Buffer[] = [];
  #ended = false;
  readonly changed = new Waiters();

  /** Puts data in; what comes after the end is dropped. */
  push(data: Buffer): void {
    if (this.#ended || data.length === 0) return;
    this.#chunks.push(data);
    this.changed.wake();
  }

  /** End-of-file, behind what was pushed. */
  end(): void {
    this.#ended = true;
    this.changed.wake();
  }

  /** Nobody reads any more. */
  drop(): void {
    this.#chunks.length = 0;
    this.end();
  }

  /** The next chunk; null at end-of-file, undefined while there is nothing yet. */
  take(): Buffer | null | undefined {
    return this.#chunks.shift() ?? (this.#ended ? null : undefined);
  }
}

/** Waits for a wake-up call, unless the one who waits has ended. */
export type Wait = (arm: Waiters['add']) => Promise<void>;

/**
 * One output stream leaving the guest. A follower who comes late, or comes again, first gets what was kept. With no
 * follower nothing ever waits.
 */
export class Outlet {
  readonly #backlog = new Backlog();
  readonly #followers = new Set<(chunk: Buffer) => void>();
  #ended = false;
  /** Runs while a follower has been announced but has not come yet. */
  #expected: NodeJS.Timeout | null = null;
  readonly #arrival = new Waiters();

  /** Changes what goes out: a terminal's line ends, and seeded defects. */
  filter: (chunk: Buffer) => Buffer = (chunk) => chunk;

  /**
   * Starting a process and following it are two calls. A starter who says that it will follow loses nothing in between
   * (contract 7.5): before the backlog would lose something, writers wait for it, but not for ever.
   */
  expectFollower(): void {
    this.#expected = setTimeout(() => this.#arrived(), followWithinMs).unref();
  }

  /** Nobody is waited for any more. */
  #arrived(): void {
    if (this.#expected) clearTimeout(this.#expected);
    this.#expected = null;
    this.#arrival.wake();
  }

  /** Replays what is kept, then goes live. Gives a function that ends it. */
  follow(follower: (chunk: Buffer) => void): () => void {
    for (const chunk of this.#backlog.chunks) follower(chunk);
    if (!this.#ended) this.#followers.add(follower);
    this.#arrived();
    return () => this.#followers.delete(follower);
  }

  /** Writes all of it, in chunks. */
  async write(data: Buffer, wait: Wait): Promise<void> {
    for (let at = 0; at < data.length && !this.#ended; at += chunkBytes) {
      while (this.#expected && this.#backlog.bytes >= keptBytes / 2) await wait(this.#arrival.add);
      if (at >= unreadBytes && this.#followers.size === 0 && defect('unread-output-stalls'))
        await wait(this.#arrival.add);
      const chunk = this.filter(data.subarray(at, at + chunkBytes));
      if (this.#ended || chunk.length === 0) continue;
      for (const follower of this.#followers) follower(chunk);
      this.#backlog.keep(chunk);
    }
  }

  /** No more output. */
  finish(): void {
    this.#ended = true;
    this.#followers.clear();
    this.#arrived();
  }
}
