interface Sleeper {
  wake: () => void;
  dueMs: number;
  timer: NodeJS.Timeout;
}

const longestTimerMs = 0x7fffffff;

/**
 * Guest time. It runs like real time until the guest is being stopped; from then on it runs `factor` times as
 * fast, for the grace periods and for what sleeps in the guest alike, so that a handler that would have been
 * in time on a real machine is in time here too.
 */
export class Clock {
  #factor = 1;
  readonly #sleepers = new Set<Sleeper>();

  /** Calls `wake` after `ms` of guest time. Gives a function that forgets it. */
  after(ms: number, wake: () => void): () => void {
    const sleeper: Sleeper = {
      wake,
      dueMs: performance.now() + ms / this.#factor,
      timer: undefined as never,
    };
    this.#sleepers.add(sleeper);
    this.#arm(sleeper);
    return () => {
      clearTimeout(sleeper.timer);
      this.#sleepers.delete(sleeper);
    };
  }

  /** From now on time runs `factor` times as fast as real time, also for those asleep already. */
  accelerate(factor: number): void {
    const nowMs = performance.now();
    const gain = factor / this.#factor;
    this.#factor = factor;
    for (const sleeper of this.#sleepers) {
      sleeper.dueMs = nowMs + (sleeper.dueMs - nowMs) / gain;
      clearTimeout(sleeper.timer);
      this.#arm(sleeper);
    }
  }

  #arm(sleeper: Sleeper): void {
    const ms = Math.min(longestTimerMs, Math.max(0, sleeper.dueMs - performance.now()));
    sleeper.timer = setTimeout(() => {
      if (sleeper.dueMs - performance.now() > 1) return this.#arm(sleeper);
      this.#sleepers.delete(sleeper);
      sleeper.wake();
    }, ms);
  }
}
