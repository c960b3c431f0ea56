/** How much certainty the classification buys, in re-runs of the failing program. */
export interface Reruns {
  /** Most re-runs. */
  readonly reruns: number;
  /** Failures in a row, without a single pass, that make a failure deterministic. */
  readonly confirm: number;
  /** Failures wanted, once it is known to be flaky, so that the rate means something. */
  readonly rate: number;
}

/**
 * Eight failures in a row are chance about once in 15,000 times for a defect that shows in 30 % of runs, and sixteen
 * re-runs hide it once in 300 (docs/measurements.md, "Verdicts").
 */
export const defaultReruns: Reruns = { reruns: 16, confirm: 8, rate: 3 };

/** Re-runs so far and how many of them failed with the same signature. */
export interface Tally {
  readonly failed: number;
  /** Of the failed ones, those that failed at the same step too. */
  readonly here: number;
  readonly runs: number;
}

export type Decision = 'deterministic' | 'flaky' | 'not-reproduced';

/**
 * What the re-runs so far prove; null: more are needed. A long program gives a flaky defect so many chances that
 * it fails every time, now at this step and now at that: only the same step every time is deterministic.
 */
export function decide({ failed, here, runs }: Tally, { reruns, confirm, rate }: Reruns): Decision | null {
  if (here === runs) return runs >= Math.min(confirm, reruns) && runs > 0 ? 'deterministic' : null;
  if (failed >= rate || (failed > 0 && runs >= reruns)) return 'flaky';
  return runs >= reruns ? 'not-reproduced' : null;
}
