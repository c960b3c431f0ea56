import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';

/** A process that cannot be mistaken for a later one with the same pid. */
export const processMarkSchema = z.strictObject({
  pid: z.int().positive(),
  /** Field 22 of /proc/PID/stat: clock ticks between boot and its start. */
  startTicks: z.string(),
});
export type ProcessMark = z.infer<typeof processMarkSchema>;

/** The mark of a live process; null when there is none of that pid (a zombie counts as none). */
export function markOf(pid: number): ProcessMark | null {
  const startTicks = parseStat(readStat(pid));
  return startTicks === null ? null : { pid, startTicks };
}

function readStat(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8');
  } catch {
    return '';
  }
}

/** Start time in the text of /proc/PID/stat. The name in it may hold blanks and brackets, so count from its end. */
export function parseStat(stat: string): string | null {
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  if (fields.length < 20 || fields[0] === 'Z' || fields[0] === 'X') return null;
  return fields[19] ?? null;
}

/** Whether the process marked once is still there. */
export const isAlive = (mark: ProcessMark): boolean => markOf(mark.pid)?.startTicks === mark.startTicks;

const KILL_POLL_MS = 20;

/** Ends a marked process: TERM, and KILL when `graceMs` later it is still there. Resolves when it is gone. */
export async function endProcess(mark: ProcessMark, graceMs: number): Promise<void> {
  const send = (signal: NodeJS.Signals) => {
    if (!isAlive(mark)) return;
    try {
      process.kill(mark.pid, signal);
    } catch {
      // It ended between the look and the signal.
    }
  };
  send('SIGTERM');
  const deadlineMs = performance.now() + graceMs;
  while (isAlive(mark) && performance.now() < deadlineMs) await pause(KILL_POLL_MS);
  send('SIGKILL');
  while (isAlive(mark)) await pause(KILL_POLL_MS);
}
