import { readFile } from 'node:fs/promises';

/** Mebibytes of memory a process holds now; null when there is no such process any more. */
export async function rssMiB(pid: number): Promise<number | null> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  return rssOf(status);
}

/** The resident memory that a `/proc/PID/status` tells, in mebibytes. */
export function rssOf(status: string): number | null {
  const found = /^VmRSS:\s+([0-9]+) kB$/mu.exec(status);
  return found ? Number(found[1]) / 1024 : null;
}
