import { makeStateGraph } from '../../search/coverage/guide/state-graph.ts';
import { defaultSettings } from '../../search/generate/settings.ts';
import { fixed, mean, percent } from '../harness/numbers.ts';
import { onAllCores } from '../harness/pool.ts';
import { everySurface, rules } from '../harness/reference.ts';
import type { Part } from '../part.ts';
import { price } from '../simulated/price.ts';
import type { CoverageResult, CoverageTrial } from './campaign.ts';
import { answerLevels, goalSets } from './goals.ts';

/** Campaigns of each budget; their means are told. */
const SEEDS = 5;
const shares = [1, defaultSettings.guided, 0];
/** Legal pairs and triples that guidance alone must cover in so many minutes. */
const targets = [
  { minutes: 10, which: 'legal pairs', share: 1 },
  { minutes: 10, which: 'legal triples', share: 0.8 },
  { minutes: 60, which: 'legal triples', share: 0.99 },
] as const;

/** How much of what can be done is met in simulated time, guided by coverage and by chance. */
export const coveragePart: Part = {
  name: 'coverage',
  about:
    'pairs and triples of verb, surface and situation covered in simulated time, guided or not (on the model)',
  async measure({ options: { seed, quick }, log, signal }) {
    const seeds = Array.from({ length: quick ? 1 : SEEDS }, (_, i) => seed + i);
    const trials = (quick ? [10] : [60, 10]).flatMap((minutes) =>
      shares.flatMap((guided) => seeds.map((each): CoverageTrial => ({ seed: each, minutes, guided }))),
    );
    const results = await onAllCores<CoverageTrial, CoverageResult>(
      new URL('campaign.ts', import.meta.url),
      trials,
      { signal, log },
      (result) =>
        `coverage: ${nameOf(result)}, seed ${result.seed}, ${result.minutes} simulated minutes: done`,
    );
    const universe = universeOf();
    const rows = coverageRows(results, universe);
    return {
      part: 'coverage',
      measuredOn: `the model with a simulated clock (${price.bootS} s a boot, ${price.commandS} s a command), means over seeds ${seeds[0]} to ${seeds.at(-1)}`,
      tables: [
        {
          title: `Covered of ${measuresOf(universe)
            .map(({ name, all }) => `${all.size} ${name}`)
            .join(', ')}`,
          head: [
            'drawing',
            'minutes',
            'programs',
            'commands',
            'boots',
            ...measuresOf(universe).map(({ name }) => name),
          ],
          rows: rows.map(({ drawing, minutes, spent, shares }) => [
            drawing,
            String(minutes),
            ...spent.map(fixed),
            ...shares.map(({ share }) => percent(share)),
          ]),
        },
      ],
      losses: coverageLosses(rows),
      notes: [
        'a goal is a verb over a surface on a box (or on no box) in a situation, allowed (legal) or refused; a step with several boxes is in one for each. Pairs: any two of verb, surface, situation; triples: all three',
        'all goals: found by exploring the model breadth first as the search itself does: one box with one execution or main session, usual outcomes, only steps that the contract speaks of whatever came before',
        `covered outside of these: ${[...new Set(results.flatMap(({ goals }) => goals))].filter((goal) => !universe.has(goal)).length}`,
      ],
      data: rows,
    };
  },
};

type Goals = ReadonlySet<string>;

/** Every coverage goal there is. */
const universeOf = (): Goals =>
  new Set(makeStateGraph(rules, { surfaces: new Set(everySurface), settings: defaultSettings }).goals.keys());

const measuresOf = (goals: Iterable<string>): { name: string; all: Goals }[] =>
  answerLevels.flatMap((answers) => {
    const { pairs, triples } = goalSets(goals, answers);
    return [
      { name: `${answers} pairs`, all: pairs },
      { name: `${answers} triples`, all: triples },
    ];
  });

const nameOf = ({ guided }: CoverageTrial): string => `--guided ${guided}`;

/** What one share of guided programs covered in one budget: means over seeds. */
export interface CoverageRow {
  readonly drawing: string;
  readonly minutes: number;
  /** Programs, commands and boots. */
  readonly spent: readonly (number | null)[];
  readonly shares: readonly { readonly which: string; readonly share: number | null }[];
}

/** One row for each share of guided programs and budget. */
export function coverageRows(results: readonly CoverageResult[], universe: Goals): CoverageRow[] {
  const groups = Map.groupBy(results, ({ guided, minutes }) => `${minutes} ${String(1 - guided)}`);
  return [...groups]
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([, group]) => {
      const [{ minutes }] = group as [CoverageResult, ...CoverageResult[]];
      const of = (number: (result: CoverageResult) => number): number | null => mean(group.map(number));
      return {
        drawing: nameOf(group[0] as CoverageResult),
        minutes,
        spent: [of(({ programs }) => programs), of(({ commands }) => commands), of(({ boots }) => boots)],
        shares: measuresOf(universe).map(({ name, all }, i) => ({
          which: name,
          share: of(({ goals }) => (measuresOf(goals)[i]?.all.intersection(all).size ?? 0) / all.size),
        })),
      };
    });
}

/** Targets that full guidance misses. */
export const coverageLosses = (rows: readonly CoverageRow[]): string[] =>
  targets.flatMap(({ minutes, which, share: wanted }) =>
    rows
      .filter((row) => row.minutes === minutes && row.drawing === '--guided 1')
      .flatMap(({ shares }) => shares.filter((each) => each.which === which && (each.share ?? 0) < wanted))
      .map(
        ({ share }) => `coverage: ${percent(share)} of ${which} in ${minutes} min, target ${percent(wanted)}`,
      ),
  );
