/** Callbacks waiting for something to change; each is called once. */
export class Waiters {
  #waiting = new Set<() => void>();

  /** Registers a callback. Gives a function that takes it back. */
  readonly add = (wake: () => void): (() => void) => {
    this.#waiting.add(wake);
    return () => this.#waiting.delete(wake);
  };

  wake(): void {
    if (this.#waiting.size === 0) return;
    const waiting = this.#waiting;
    this.#waiting = new Set();
    for (const wake of waiting) wake();
  }
}
