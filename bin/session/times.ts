import type { RunProgram } from '../../program/history.ts';
import type { Spent } from '../../search/campaign/spent.ts';

/**
 * Where the time of a run that begins now went: what all its lanes together waited for the runtime and its machine (see
 * run/waited.ts), how long of it it was brought back, and the processor time of this process when it began, microseconds.
 */
export const newTimes = (lanes = 1) => ({
  lanes,
  waiting: { runtimeMs: 0 },
  repairs: { runtimeMs: 0 },
  cpu: process.cpuUsage(),
});
export type Times = Readonly<ReturnType<typeof newTimes>>;

/** The same runner; what its runs waited is added up whatever they are for: programs, re-runs, shrinking. */
export const timedRunner =
  (run: RunProgram, { waiting }: Times): RunProgram =>
  async (program, signal) => {
    const history = await run(program, signal);
    waiting.runtimeMs += history.runtimeMs;
    return history;
  };

/**
 * Milliseconds of the wall clock waited and not waited, in the mean of all lanes, which together are all of the run, and
 * of the processor used by this process alone (its user and system time, not that of what it starts).
 */
export function timesOf({ lanes, waiting, cpu }: Times, totalMs: number) {
  const { user, system } = process.cpuUsage(cpu);
  const runtimeMs = Math.min(waiting.runtimeMs / lanes, totalMs);
  return { runtimeMs, harnessMs: totalMs - runtimeMs, cpuMs: (user + system) / 1000 };
}

/** What time went into, in the mean of all lanes; bringing the machine back is a part of repairs. */
export function spentOf({ lanes, repairs }: Times, spent: Spent): Spent {
  const all = { ...spent, repairsMs: spent.repairsMs + repairs.runtimeMs };
  return Object.fromEntries(Object.entries(all).map(([what, ms]) => [what, ms / lanes])) as unknown as Spent;
}
