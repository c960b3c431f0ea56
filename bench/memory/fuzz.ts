import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import type { Sample } from './growth.ts';

const boxcheck = fileURLToPath(new URL('../../bin/boxcheck.ts', import.meta.url));

const EVERY_MS = 10_000;

/** Lets boxcheck fuzz the reference for so many minutes in a process of its own and looks at its memory meanwhile. */
export async function memoryOfFuzzing(
  options: { minutes: number; seed: number; out: string },
  signal: AbortSignal,
): Promise<{ samples: Sample[]; exitCode: number | null }> {
  // --resident: six times as many programs in the time, so that what a program leaves behind adds up sooner.
  const args = ['fuzz', '--target', 'reference', '--resident', '--for', `${options.minutes}m`];
  const child = execa(
    process.execPath,
    [boxcheck, ...args, '--seed', String(options.seed), '--out', options.out],
    { stdio: 'ignore', reject: false, cancelSignal: signal },
  );
  const begunMs = performance.now();
  const samples: Sample[] = [];
  const look = async (): Promise<void> => {
    const mib = child.pid === undefined ? null : await rssMiB(child.pid);
    if (mib !== null) samples.push({ minute: (performance.now() - begunMs) / 60_000, mib });
  };
  const timer = setInterval(() => void look(), EVERY_MS);
  try {
    const { exitCode } = await child;
    signal.throwIfAborted();
    return { samples, exitCode: exitCode ?? null };
  } finally {
    clearInterval(timer);
  }
}

/** Mebibytes of memory a process holds now; null when there is no such process any more. */
export async function rssMiB(pid: number): Promise<number | null> {
  return rssOf(await readFile(`/proc/${pid}/status`, 'utf8').catch(() => ''));
}

/** The resident memory that a `/proc/PID/status` tells, in mebibytes. */
export function rssOf(status: string): number | null {
  const found = /^VmRSS:\s+([0-9]+) kB$/mu.exec(status);
  return found ? Number(found[1]) / 1024 : null;
}
