import { open } from 'node:fs/promises';
import { tailOf } from '../files/tail.ts';
import { stillRuns } from '../machine/process.ts';
import { LOG_TAIL_BYTES, wedgedLine } from './heartbeat.ts';
import type { LabPaths } from './paths.ts';
import type { ProcessMark } from './state.ts';
import { LOOK_MS } from './watch.ts';

/**
 * Looks in a row without a sign of life, of which each CPU gives one a second (lab/guest/pulse.pl). Counted, not timed,
 * so that a host which slept or a boxcheck held up is no loss.
 */
const MOST_MISSES = 6;

/**
 * Makes the look at a machine that costs the guest nothing: whether its QEMU is there, its console tells of no
 * lock-up, and every CPU has given a sign of life since one of the last looks.
 */
export function vitalSigns(
  qemu: ProcessMark,
  paths: Pick<LabPaths, 'console' | 'pulse'>,
): () => Promise<string | null> {
  const silence = silenceOf();
  let readBytes = 0;
  return async () => {
    if (!stillRuns(qemu)) return 'the lab is lost: its QEMU process is gone';
    const wedged = wedgedLine(await tailOf(paths.console, LOG_TAIL_BYTES));
    if (wedged !== null) return `the lab's kernel is wedged: ${wedged}`;
    const heard = await textFrom(paths.pulse, readBytes);
    readBytes += heard.length;
    return silence(heard);
  };
}

/** Counts for each CPU that was ever heard the looks in a row that heard nothing of it. Says so when they are too many. */
export function silenceOf(): (heard: string) => string | null {
  const misses = new Map<string, number>();
  return (heard) => {
    for (const [cpu, count] of misses) misses.set(cpu, count + 1);
    for (const cpu of heard) misses.set(cpu, 0);
    const silent = [...misses].find(([, count]) => count >= MOST_MISSES);
    if (!silent) return null;
    return `the lab is lost: no sign of life of its CPU ${silent[0]} for ${(MOST_MISSES * LOOK_MS) / 1000} s`;
  };
}

/** Gives what was written to a file beyond its first bytes. */
async function textFrom(file: string, from: number): Promise<string> {
  await using handle = await open(file).catch(() => null);
  if (!handle) return '';
  const { size } = await handle.stat();
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(Math.max(0, size - from)), 0, null, from);
  return buffer.toString('latin1', 0, bytesRead);
}
