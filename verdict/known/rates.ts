import type { KnownDivergence } from './schema.ts';

/** How a timing-dependent divergence did in one run. */
export interface RateReport {
  readonly id: string;
  readonly hits: number;
  /** Steps where it applied and the contract's answer came. */
  readonly misses: number;
  /** How likely so many misses without a hit are if it still shows as often as it was measured. */
  readonly chance: number;
  /** `stale`: its absence is significant, the mark should go or be measured again. */
  readonly verdict: 'shows' | 'stale' | 'too-few';
}

/** Whether a divergence showed in at least half of the tries when it was measured. */
export const isUsual = ({ rate }: Pick<KnownDivergence, 'rate'>): boolean =>
  rate !== undefined && rate.m * 2 >= rate.k;

/** Absence counts as significant below this probability. */
const SIGNIFICANT = 0.01;

/**
 * What a run says of the divergences that do not always show, by their measured rates. A rate of m of k is
 * itself uncertain, so the lower end of its confidence interval counts: a mark is not called stale because it
 * was measured in a lucky hour.
 * @param hits steps at which each divergence showed, by id
 * @param misses steps where it applied and did not show, by id
 */
export function rateReports(
  entries: readonly KnownDivergence[],
  hits: Readonly<Record<string, number>>,
  misses: Readonly<Record<string, number>>,
): RateReport[] {
  return entries.flatMap((entry) => {
    const seen = hits[entry.id] ?? 0;
    const missed = misses[entry.id] ?? 0;
    if (entry.always || !entry.rate || seen + missed === 0) return [];
    const chance = (1 - lowerBound(entry.rate.m, entry.rate.k)) ** missed;
    const verdict = seen > 0 ? 'shows' : chance < SIGNIFICANT ? 'stale' : 'too-few';
    return [{ id: entry.id, hits: seen, misses: missed, chance, verdict } as const];
  });
}

/** Lower end of Wilson's one-sided 90 % interval for m of k. */
function lowerBound(m: number, k: number): number {
  const z = 1.2816;
  const p = m / k;
  const centre = p + (z * z) / (2 * k);
  const spread = z * Math.sqrt((p * (1 - p)) / k + (z * z) / (4 * k * k));
  return Math.max(0, (centre - spread) / (1 + (z * z) / k));
}
