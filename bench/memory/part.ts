import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { fixed } from '../harness/numbers.ts';
import type { Part } from '../part.ts';
import { growthOf, memoryLosses, rssMiB, type Sample } from './growth.ts';

const boxcheck = fileURLToPath(new URL('../../bin/boxcheck.ts', import.meta.url));
const EVERY_MS = 10_000;

/** Memory of a campaign over time. */
export const memoryPart: Part = {
  name: 'memory',
  about: 'memory of the boxcheck process while it fuzzes for --minutes (on the reference)',
  async measure({ options: { minutes, seed, out }, signal }) {
    const dir = join(out, 'memory-run');
    const { samples, exitCode } = await fuzz(
      ['--for', `${minutes}m`, '--seed', String(seed), '--out', dir],
      signal,
    );
    const growth = growthOf(samples);
    const numbers = [samples[0]?.mib, samples.at(-1)?.mib, growth.most, growth.grown, growth.perHour];
    return {
      part: 'memory',
      measuredOn: `boxcheck fuzzing the reference runtime for ${minutes} min, seed ${seed}`,
      tables: [
        {
          title: 'Resident memory of the boxcheck process, sampled every 10 s',
          head: ['samples', 'first MiB', 'last MiB', 'most MiB', 'grown MiB', 'growth MiB/h', 'exit code'],
          rows: [[String(samples.length), ...numbers.map(fixed), String(exitCode)]],
        },
      ],
      losses: [
        ...memoryLosses(growth),
        ...(exitCode === 0
          ? []
          : [`memory: fuzzing the clean reference ended with exit code ${exitCode}: see ${dir}`]),
      ],
      notes: [
        'grown: rise of the line through the samples after the first minutes (2, or a tenth of the run), over their time; - for a shorter run',
      ],
      data: { samples, growth, exitCode },
    };
  },
};

/** Lets boxcheck fuzz the reference in a process of its own and looks at its memory meanwhile. */
async function fuzz(
  args: readonly string[],
  signal: AbortSignal,
): Promise<{ samples: Sample[]; exitCode?: number }> {
  // --resident: six times as many programs in the time, so that what a program leaves behind adds up sooner.
  const child = execa(process.execPath, [boxcheck, 'fuzz', '--target', 'reference', '--resident', ...args], {
    stdio: 'ignore',
    reject: false,
    cancelSignal: signal,
  });
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
    return { samples, ...(exitCode === undefined ? {} : { exitCode }) };
  } finally {
    clearInterval(timer);
  }
}
