import { z } from 'zod';
import { readProcess, signalProcess, stillRuns } from '../machine/process.ts';
import { lookUntil } from '../machine/until.ts';

/** Names a process so that it cannot be mistaken for a later one with the same pid; saved in the lab's files. */
export const processMarkSchema = z.strictObject({
  pid: z.int().positive(),
  /** Clock ticks between boot and its start, as text. */
  startTicks: z.string(),
});
export type ProcessMark = z.infer<typeof processMarkSchema>;

/** Gives the mark of a live process; null when there is none of that pid (a zombie counts as none). */
export function markOf(pid: number): ProcessMark | null {
  const found = readProcess(pid);
  return found && { pid, startTicks: String(found.startTicks) };
}

/** Ends a marked process: TERM, and KILL when `graceMs` later it is still there. Resolves when it is gone. */
export async function endProcess(mark: ProcessMark, graceMs: number): Promise<void> {
  const gone = (deadlineMs: number) => lookUntil(() => !stillRuns(mark), deadlineMs);
  signalProcess(mark, 'SIGTERM');
  if (await gone(graceMs)) return;
  signalProcess(mark, 'SIGKILL');
  await gone(Number.POSITIVE_INFINITY);
}
