import { availableParallelism, freemem } from 'node:os';
import { counted } from '../../domain/counted.ts';
import type { TargetName } from '../../domain/identity.ts';
import type { Log } from '../../domain/log.ts';
import { MOST_LANES } from '../../domain/most-lanes.ts';
import { LAB_LANES } from '../../lab/index.ts';
import type { Target, TargetOptions } from '../ports/target.ts';
import { openTarget } from './open.ts';

/** Lanes beyond this are asked for. */
const MOST_UNASKED = 4;
/** Lanes that can be had: in the lab so many servers are up, and somebody else's runtime is not opened twice. */
export const mostLanes: Readonly<Record<TargetName, number>> = {
  host: MOST_LANES,
  reference: MOST_LANES,
  lab: LAB_LANES,
  external: 1,
};
/** Memory that a lane may need: a server and two boxes. */
const LANE_BYTES = { host: 2 * 2 ** 30, reference: 2 ** 29 } as const;

/** Says how many lanes a target has unless a number is asked for: as many as cores and memory carry. */
export function usualLanes(
  target: TargetName,
  { cpus, freeBytes } = { cpus: availableParallelism(), freeBytes: freemem() },
): number {
  if (target === 'external') return 1;
  if (target === 'lab') return Math.min(LAB_LANES, cpus);
  return Math.max(1, Math.min(MOST_UNASKED, cpus, Math.floor(freeBytes / LANE_BYTES[target])));
}

/** What keeps a target from more lanes. */
function limitOf(target: TargetName): string {
  if (target === 'external') return "somebody else's runtime is opened once";
  const freeGiB = (freemem() / 2 ** 30).toFixed(1);
  const machine = `${counted(availableParallelism(), 'core')}, ${freeGiB} GiB of memory free`;
  return target === 'lab' ? `${machine}; ${LAB_LANES} at most in one machine` : machine;
}

/**
 * Opens a target several times over, each with homes and a server of its own, so that as many programs can be run
 * at once as if each were alone.
 * @param lanes how many; `usual`: see {@link usualLanes}
 * @throws as {@link openTarget} does; nothing is left behind then
 */
export async function openLanes(
  name: TargetName | 'best',
  options: TargetOptions,
  lanes: number | 'usual',
  log: Log,
): Promise<[Target, ...Target[]]> {
  const first = await openTarget(name, options, log);
  const { target } = first.identity;
  const count = lanes === 'usual' ? usualLanes(target) : Math.min(lanes, mostLanes[target]);
  if (lanes === 'usual' && count < MOST_UNASKED) log(`lanes: ${count} (${limitOf(target)})`);
  if (lanes !== 'usual' && count !== lanes) log(`${target}: takes ${counted(count, 'lane')}, not ${lanes}`);
  const another = first.beside ?? (() => openTarget(target, options, log));
  const opening = Array.from({ length: count - 1 }, another);
  const opened = await Promise.allSettled(opening);
  const others = opened.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
  const failed = opened.find((one) => one.status === 'rejected');
  if (!failed) return [first, ...others];
  await closeAll([first, ...others]);
  throw failed.reason;
}

/** Closes targets, all of them whatever happens. */
export async function closeAll(targets: readonly Target[]): Promise<void> {
  const closed = await Promise.allSettled(targets.map((target) => target.close()));
  for (const one of closed) if (one.status === 'rejected') throw one.reason;
}
