import { goalOfText, pairTexts } from '../../search/coverage/guide/goal.ts';
import { makeStateGraph } from '../../search/coverage/guide/state-graph.ts';
import { defaultSettings } from '../../search/generate/settings.ts';
import { fixed, mean, percent } from '../harness/numbers.ts';
import { onAllCores } from '../harness/pool.ts';
import { everySurface, rules } from '../harness/reference.ts';
import { price } from '../harness/simulated.ts';
import type { Part } from '../part.ts';
import type { CoverageResult, CoverageTrial } from './campaign.ts';

/** Campaigns of each budget; their means are told. */
const SEEDS = 5;
const guidedShares = [1, defaultSettings.guided, 0];
/** What guidance alone must cover in so many minutes. */
const targets = [
  { minutes: 10, which: 'pairs', share: 1 },
  { minutes: 10, which: 'triples', share: 0.8 },
  { minutes: 60, which: 'triples', share: 0.99 },
] as const;

/** How much of what can be done is met in simulated time, guided by coverage and by chance. */
export const coveragePart: Part = {
  name: 'coverage',
  about: 'pairs and triples of verb, surface and situation covered in simulated time, guided or not',
  async measure({ options: { seed, quick }, log, signal }) {
    const seeds = Array.from({ length: quick ? 1 : SEEDS }, (_, i) => seed + i);
    const trials = (quick ? [10] : [60, 10]).flatMap((minutes) =>
      guidedShares.flatMap((guided) => seeds.map((each): CoverageTrial => ({ seed: each, minutes, guided }))),
    );
    const results = await onAllCores<CoverageTrial, CoverageResult>(
      new URL('campaign.ts', import.meta.url),
      trials,
      signal,
      (result) => log(`coverage: ${nameOf(result)}, seed ${result.seed}, ${result.minutes} minutes: done`),
    );
    const scope = { surfaces: new Set(everySurface), settings: defaultSettings };
    const all = [...makeStateGraph(rules, scope).goals.keys()];
    const rows = coverageRows(results, all);
    const { pairs, triples } = legalGoals(all);
    return {
      part: 'coverage',
      measuredOn: `the model with a simulated clock (${price.bootS} s a boot, ${price.commandS} s a command), means over seeds ${seeds[0]} to ${seeds.at(-1)}`,
      table: {
        head: ['drawing', 'minutes', 'programs', 'commands', 'boots', 'pairs', 'triples'],
        rows: rows.map(({ drawing, minutes, spent, pairs, triples }) => [
          ...[drawing, String(minutes), ...spent.map(fixed), percent(pairs), percent(triples)],
        ]),
      },
      losses: coverageLosses(rows),
      notes: [
        `of ${pairs.size} pairs and ${triples.size} triples that the contract allows: a verb over a surface on a box (or on no box) in a situation, any two of the three and all three; a step with several boxes is in one for each`,
        'all there are: found by exploring the model as the search does: one box with one execution or main session, usual outcomes, only steps that the contract speaks of whatever came before',
      ],
      data: rows,
    };
  },
};

const nameOf = ({ guided }: CoverageTrial): string => `--guided ${guided}`;

/** Any two, and all three, of verb, surface and situation, of goals (as text) that are no refusals. */
export function legalGoals(texts: Iterable<string>) {
  const legal = [...texts].filter((text) => goalOfText(text).answer === 'allowed');
  const pairs: ReadonlySet<string> = new Set(legal.flatMap((text) => pairTexts(goalOfText(text))));
  return { pairs, triples: new Set(legal) as ReadonlySet<string> };
}

/** What one share of guided programs covered in one budget: means over seeds. */
export interface CoverageRow {
  readonly drawing: string;
  readonly minutes: number;
  /** Programs, commands and boots. */
  readonly spent: readonly (number | null)[];
  /** Shares of all there are. */
  readonly pairs: number | null;
  readonly triples: number | null;
}

/** One row for each share of guided programs and budget, in the order in which they were asked for. */
export function coverageRows(results: readonly CoverageResult[], all: readonly string[]): CoverageRow[] {
  const there = legalGoals(all);
  const groups = Map.groupBy(results, ({ guided, minutes }) => JSON.stringify([minutes, 1 - guided]));
  return [...groups]
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([, group]) => {
      const [first] = group as [CoverageResult, ...CoverageResult[]];
      const of = (number: (result: CoverageResult) => number): number | null => mean(group.map(number));
      const share = (which: 'pairs' | 'triples') =>
        of(({ goals }) => legalGoals(goals)[which].intersection(there[which]).size / there[which].size);
      return {
        drawing: nameOf(first),
        minutes: first.minutes,
        spent: [of(({ programs }) => programs), of(({ commands }) => commands), of(({ boots }) => boots)],
        pairs: share('pairs'),
        triples: share('triples'),
      };
    });
}

/** Targets that full guidance misses. */
export const coverageLosses = (rows: readonly CoverageRow[]): string[] =>
  targets.flatMap(({ minutes, which, share: wanted }) =>
    rows
      .filter((row) => row.minutes === minutes && row.drawing === '--guided 1')
      .filter((row) => (row[which] ?? 0) < wanted)
      .map(
        (row) => `coverage: ${percent(row[which])} of ${which} in ${minutes} min, target ${percent(wanted)}`,
      ),
  );
