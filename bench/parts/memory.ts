import { join } from 'node:path';
import { memoryOfFuzzing, type Sample } from '../memory/fuzz.ts';
import { fixed, slope } from '../report/numbers.ts';
import type { Part } from './part.ts';

/** Growth beyond this means that a night does not fit into memory. */
const MOST_MIB_AN_HOUR = 50;
/** The first minutes are those of the engine, not of the campaign. */
const WARM_MINUTES = 2;

/** Memory of a campaign over time. */
export const memoryPart: Part = {
  name: 'memory',
  about: 'memory of the boxcheck process while it fuzzes for --minutes (on the reference)',
  async measure({ options, signal }) {
    const out = join(options.out, 'memory-run');
    const { minutes, seed } = options;
    const { samples, exitCode } = await memoryOfFuzzing({ minutes, seed, out }, signal);
    const growth = growthOf(samples);
    const most = Math.max(...samples.map(({ mib }) => mib));
    return {
      part: 'memory',
      measuredOn: `boxcheck fuzzing the reference runtime for ${minutes} min, seed ${seed}`,
      tables: [
        {
          title: 'Resident memory of the boxcheck process, sampled every 10 s',
          head: ['samples', 'first MiB', 'last MiB', 'most MiB', 'growth MiB/h', 'exit code'],
          rows: [
            [
              String(samples.length),
              fixed(samples[0]?.mib ?? Number.NaN),
              fixed(samples.at(-1)?.mib ?? Number.NaN),
              fixed(most),
              growth === null ? '-' : fixed(growth),
              String(exitCode),
            ],
          ],
        },
      ],
      losses: [
        ...(growth !== null && growth > MOST_MIB_AN_HOUR
          ? [`memory grows by ${fixed(growth)} MiB an hour`]
          : []),
        ...(exitCode === 0
          ? []
          : [`fuzzing the clean reference ended with exit code ${exitCode}: see ${out}`]),
      ],
      notes: [`growth: slope of the line through the samples after ${WARM_MINUTES} min; - for a shorter run`],
      data: { samples, growthMiBPerHour: growth, exitCode },
    };
  },
};

function growthOf(samples: readonly Sample[]): number | null {
  const warm = samples.filter(({ minute }) => minute > WARM_MINUTES);
  return warm.length < 6 ? null : slope(warm.map(({ minute, mib }) => [minute / 60, mib] as const));
}
