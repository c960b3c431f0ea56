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
 */
export function pooled(lanes: readonly [Lane, ...Lane[]]) {
  const free: Lane[] = [...lanes];
  const waiting: ((lane: Lane) => void)[] = [];
  const ranOn = new WeakMap<History, Target>();
  const take = async (): Promise<Lane> =>
    free.shift() ?? new Promise((resolve) => void waiting.push(resolve));
  const giveBack = (lane: Lane): void => {
    const next = waiting.shift();
    if (next) next(lane);
    else free.push(lane);
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
