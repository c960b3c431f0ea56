import { limits } from '../limits.ts';
import { Waiters } from './waiters.ts';

/** The stdin of a process: a byte queue that is filled from outside the guest. */
export class Inlet {
  readonly #chunks: Buffer[] = [];
  #size = 0;
  #ended = false;
  readonly changed = new Waiters();

  /** Puts data in whatever the room. Resolves when there is room for more; what comes after the end is dropped. */
  push(data: Buffer): Promise<void> {
    if (!this.#ended && data.length > 0) {
      this.#chunks.push(data);
      this.#size += data.length;
      this.changed.wake();
    }
    return new Promise((resolve) => {
      const look = () => {
        if (this.#size < limits.inletBytes || this.#ended) resolve();
        else this.changed.add(look);
      };
      look();
    });
  }

  /** End-of-file, behind what was pushed. */
  end(): void {
    this.#ended = true;
    this.changed.wake();
  }

  /** Nobody reads any more. */
  drop(): void {
    this.#chunks.length = 0;
    this.#size = 0;
    this.end();
  }

  /** The next chunk; null at end-of-file, undefined while there is nothing yet. */
  take(): Buffer | null | undefined {
    const chunk = this.#chunks.shift();
    if (!chunk) return this.#ended ? null : undefined;
    this.#size -= chunk.length;
    this.changed.wake();
    return chunk;
  }
}
