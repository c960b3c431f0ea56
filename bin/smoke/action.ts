import { exitCodeOf } from '../../report/run-record.ts';
import { readSeeds } from '../corpus/files.ts';
import { inRun } from '../session/in-run.ts';
import type { SmokeOptions } from './command.ts';

/** Longest program of a seed given on the command line: that of a fuzz run, whose findings it repeats. */
const SEED_STEPS = 30;

/** Runs the plan; its exit code. */
export async function smoke(options: SmokeOptions): Promise<number> {
  // Read before anything is started: a typing error must not cost a boot.
  if (!options.seeds) await readSeeds(options.seedsFile, options.target ?? 'reference');
  const { corpus, seeded } = await import('./plan.ts');
  const { smokeRun } = await import('./run.ts');
  return inRun('smoke', options, async (invocation) => {
    const { engine } = invocation;
    if (options.seeds) {
      return exitCodeOf(
        await smokeRun(invocation, seeded({ seeds: options.seeds, maxSteps: SEED_STEPS }, engine)),
      );
    }
    const seeds = await readSeeds(options.seedsFile, engine.target.identity.target);
    const plan = [...(await corpus(engine)), ...seeded(seeds, engine)];
    return exitCodeOf(await smokeRun(invocation, plan));
  });
}
