import { join } from 'node:path';
import { toJson, writeAtomic } from '../report/files.ts';
import type { RunRecord } from '../report/run-record.ts';
import { runCampaign, type Totals } from '../search/campaign.ts';
import { coverageTable, coverageToJson } from '../search/coverage.ts';
import { defaultSettings } from '../search/settings.ts';
import type { FuzzOptions } from './fuzz.ts';
import { newHunt } from './hunt.ts';
import { fuzzProgress } from './progress.ts';
import { type End, endRun, type Run } from './run-state.ts';

/** A campaign: what it finds goes to disk as it is found, its reports at the end and every minute before. */
export async function fuzzRun(run: Run, options: FuzzOptions & { seed: number }): Promise<RunRecord> {
  const settings = {
    ...defaultSettings,
    maxSteps: options.maxSteps,
    maxBoxes: options.maxBoxes,
    illegalShare: options.illegal,
  };
  await writeAtomic(
    join(run.dir, 'settings.json'),
    toJson({
      seed: options.seed,
      forMs: options.for,
      programs: options.programs,
      guided: options.guided,
      ...settings,
    }),
  );
  const coverage = coverageTable();
  const hunt = newHunt(run);
  const progress = fuzzProgress(run, options);
  try {
    const totals = await runCampaign({
      ...hunt,
      onProgress: (totals, index) => {
        hunt.onProgress(totals, index);
        progress.update();
      },
      seed: options.seed,
      rules: run.engine.rules,
      surfaces: run.engine.surfaces,
      settings,
      run: run.engine.run,
      ...(options.for === undefined ? {} : { seconds: options.for / 1000 }),
      ...(options.programs === undefined ? {} : { programs: options.programs }),
      coverage,
      guided: options.guided,
      signal: run.signal,
    });
    progress.end();
    return await endRun(run, 'fuzz', endOf(totals));
  } finally {
    progress.end();
    await writeAtomic(join(run.dir, 'coverage-table.json'), coverageToJson(coverage));
  }
}

const ends: Record<NonNullable<Totals['stoppedBy']>, End> = {
  programs: { ended: 'complete' },
  seconds: { ended: 'deadline' },
  caller: { ended: 'interrupted', why: 'stopped by the user' },
  infrastructure: { ended: 'infrastructure', why: 'the machine under the runtime was lost' },
};

const endOf = ({ stoppedBy }: Totals): End => ends[stoppedBy ?? 'programs'];
