import { fixed, mean, percent, shareOf } from '../harness/numbers.ts';
import { onAllCores } from '../harness/pool.ts';
import type { Part } from '../part.ts';
import type { Effort, ShrinkResult, ShrinkTrial } from './effort.ts';

const sizes = [10, 20, 50, 100];
const needs = [3, 5];
/** What shrinking must do with programs of 20 steps of which 5 are needed. */
const target = { steps: 20, needed: 5, runs: 25, minimum: 0.95 } as const;

/** What shrinking costs: failures planted in programs, which need exactly three or five of their steps. */
export const shrinkPart: Part = {
  name: 'shrink',
  about: 'runs to shrink planted failures, and how many come to the true minimum',
  async measure({ options: { quick, seed }, log, signal }) {
    const programs = quick ? 20 : 100;
    // The longest first: begun last, they would leave the other workers alone.
    const trials = sizes
      .toReversed()
      .flatMap((steps) => needs.map((needed): ShrinkTrial => ({ steps, needed, seed, programs })));
    const results = await onAllCores<ShrinkTrial, ShrinkResult>(
      new URL('effort.ts', import.meta.url),
      trials,
      signal,
      ({ steps, needed }) => log(`shrink: programs of ${steps} steps that need ${needed} are done`),
    );
    results.sort((a, b) => a.steps - b.steps || a.needed - b.needed);
    return {
      part: 'shrink',
      measuredOn: `the model (no runtime; every run counts as one real run), seed ${seed}`,
      table: {
        head: [
          'steps',
          'needs',
          'trials',
          'runs',
          'most runs',
          'all runs',
          'boots',
          'commands',
          'shrunk to',
          'minimum',
        ],
        rows: results.map(cells),
      },
      losses: results.flatMap(shrinkLosses),
      notes: [
        'runs: of shorter programs, until the shrinker has nothing left to try',
        'all runs, boots, commands: from the first failure until it is shrunk and classified',
        'a failure is verbs and refusals in order on the same handles, whatever the arguments; the program ends at the failing step',
      ],
      data: results,
    };
  },
};

const atMinimum = ({ efforts, needed }: ShrinkResult) => shareOf(efforts, ({ steps }) => steps === needed);

function cells(result: ShrinkResult): string[] {
  const { steps, needed, efforts } = result;
  const of = (number: (effort: Effort) => number): string => fixed(mean(efforts.map(number)));
  return [
    String(steps),
    String(needed),
    String(efforts.length),
    of(({ runs }) => runs),
    String(Math.max(...efforts.map(({ runs }) => runs))),
    of(({ all }) => all),
    of(({ boots }) => boots),
    of(({ commands }) => commands),
    of((effort) => effort.steps),
    percent(atMinimum(result)),
  ];
}

/** Where the target is missed. */
export function shrinkLosses(result: ShrinkResult): string[] {
  if (result.steps !== target.steps || result.needed !== target.needed) return [];
  const runs = mean(result.efforts.map((effort) => effort.runs)) ?? 0;
  const minimum = atMinimum(result) ?? 0;
  const where = `shrink: ${target.steps} steps that need ${target.needed}`;
  return [
    ...(runs > target.runs ? [`${where}: ${fixed(runs)} runs, target ${target.runs}`] : []),
    ...(minimum < target.minimum
      ? [`${where}: minimum in ${percent(minimum)}, target ${percent(target.minimum)}`]
      : []),
  ];
}
