import { readFile } from 'node:fs/promises';
import { fixed, slope } from '../harness/numbers.ts';

/** Resident memory a night may take, and what may come on top while it runs and still be called flat: a tenth. */
const MOST_MIB = 300;
const MOST_GROWTH_MIB = 30;
/** The first minutes, or tenth, are those of the engine (code is loaded and compiled), not of the campaign. */
const WARM_MINUTES = 2;
const WARM_SHARE = 0.1;
/** Fewer samples make no line. */
const LEAST_SAMPLES = 6;

/** Memory of a process at a moment of its run. */
export interface Sample {
  readonly minute: number;
  readonly mib: number;
}

/** Memory of a process while it was watched, mebibytes. */
export interface Growth {
  readonly most: number;
  /** Rise of the line through the samples after the first minutes, over their time; null when they are too few. */
  readonly grown: number | null;
  readonly perHour: number | null;
}

/** How memory went. */
export function growthOf(samples: readonly Sample[]): Growth {
  const most = Math.max(...samples.map(({ mib }) => mib));
  const end = samples.at(-1)?.minute ?? 0;
  const warm = samples.filter(({ minute }) => minute > Math.max(WARM_MINUTES, WARM_SHARE * end));
  const [first] = warm;
  if (!first || warm.length < LEAST_SAMPLES) return { most, grown: null, perHour: null };
  const perHour = slope(warm.map(({ minute, mib }) => [minute / 60, mib] as const));
  return { most, grown: (perHour * (end - first.minute)) / 60, perHour };
}

/** What is wrong with it, if anything. */
export const memoryLosses = ({ most, grown }: Growth): string[] => [
  ...(most > MOST_MIB ? [`memory: ${fixed(most)} MiB resident, target ${MOST_MIB}`] : []),
  ...(grown !== null && grown > MOST_GROWTH_MIB
    ? [`memory: not flat: ${fixed(grown)} MiB more at the end than after the first minutes`]
    : []),
];

/** Mebibytes of memory a process holds now; null when there is no such process any more. */
export const rssMiB = async (pid: number): Promise<number | null> =>
  rssOf(await readFile(`/proc/${pid}/status`, 'utf8').catch(() => ''));

/** The resident memory that a `/proc/PID/status` tells, in mebibytes. */
export function rssOf(status: string): number | null {
  const found = /^VmRSS:\s+([0-9]+) kB$/mu.exec(status);
  return found ? Number(found[1]) / 1024 : null;
}
