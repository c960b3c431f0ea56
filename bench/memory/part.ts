import { join } from 'node:path';
import { fixed } from '../harness/numbers.ts';
import type { Part } from '../part.ts';
import { memoryOfFuzzing } from './fuzz.ts';
import { growthOf, memoryLosses } from './growth.ts';

/** Memory of a campaign over time. */
export const memoryPart: Part = {
  name: 'memory',
  about: 'memory of the boxcheck process while it fuzzes for --minutes (on the reference)',
  async measure({ options, signal }) {
    const out = join(options.out, 'memory-run');
    const { minutes, seed } = options;
    const { samples, exitCode } = await memoryOfFuzzing({ minutes, seed, out }, signal);
    const growth = growthOf(samples);
    return {
      part: 'memory',
      measuredOn: `boxcheck fuzzing the reference runtime for ${minutes} min, seed ${seed}`,
      tables: [
        {
          title: 'Resident memory of the boxcheck process, sampled every 10 s',
          head: ['samples', 'first MiB', 'last MiB', 'most MiB', 'grown MiB', 'growth MiB/h', 'exit code'],
          rows: [
            [
              String(samples.length),
              fixed(samples[0]?.mib),
              fixed(samples.at(-1)?.mib),
              fixed(growth.most),
              fixed(growth.grown),
              fixed(growth.perHour),
              String(exitCode),
            ],
          ],
        },
      ],
      losses: [
        ...memoryLosses(growth),
        ...(exitCode === 0
          ? []
          : [`memory: fuzzing the clean reference ended with exit code ${exitCode}: see ${out}`]),
      ],
      notes: [
        'grown: rise of the line through the samples after the first minutes (2, or a tenth of the run), over their time; - for a shorter run',
      ],
      data: { samples, growth, exitCode },
    };
  },
};
