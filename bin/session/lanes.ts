import type { History, RunProgram } from '../../program/history.ts';
import type { Target } from '../../runtime/ports/target.ts';

/** A target of its own with what runs programs on it, one at a time; two lanes share nothing but their machine. */
export interface Lane {
  readonly target: Target;
  /** Runs a program once. */
  readonly run: RunProgram;
}

/**
 * Makes one runner of several lanes: each program gets the first lane that is free, in the order of asking.
 * `targetOf` tells which target a program was run on.
 * @param limit how many run at once, at least one; lanes beyond it are not used any more
 */
export function pooled(lanes: readonly [Lane, ...Lane[]], limit = () => lanes.length) {
  const free: Lane[] = [...lanes];
  let active = 0;
  const waiting: ((lane: Lane) => void)[] = [];
  const ranOn = new WeakMap<History, Target>();
  const next = (): void => {
    if (active >= limit() || waiting.length === 0) return;
    const lane = free.shift();
    if (lane) {
      active += 1;
      waiting.shift()?.(lane);
    }
  };
  const take = (): Promise<Lane> =>
    new Promise((resolve) => {
      waiting.push(resolve);
      next();
    });
  const giveBack = (lane: Lane): void => {
    active -= 1;
    free.push(lane);
    next();
  };
  const run: RunProgram = async (program, signal) => {
    const lane = await take();
    try {
      const history = await lane.run(program, signal);
      ranOn.set(history, lane.target);
      return history;
    } finally {
      giveBack(lane);
    }
  };
  return { run, targetOf: (history: History): Target => ranOn.get(history) ?? lanes[0].target };
}
