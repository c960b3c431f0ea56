import { join } from 'node:path';
import { toJson, writeAtomic } from '../../report/files.ts';
import type { RunRecord } from '../../report/run-record.ts';
import { runCampaign, type Totals } from '../../search/campaign/campaign.ts';
import { coverageTable } from '../../search/coverage/coverage.ts';
import { defaultSettings, sharing } from '../../search/generate/settings.ts';
import { coverageFile, recallCoverage, rememberCoverage } from '../coverage/memory.ts';
import { campaignCallbacks } from '../session/campaign-callbacks.ts';
import { type End, endRun, type Run } from '../session/run-state.ts';
import { corpus } from '../smoke/plan.ts';
import { fuzzProgress, type Limits } from '../terminal/progress.ts';
import type { FuzzOptions } from './command.ts';

/** A campaign: what it finds goes to disk as it is found, its reports at the end and every minute before. */
export async function fuzzRun(run: Run, options: FuzzOptions & { seed: number }): Promise<RunRecord> {
  const settings = {
    ...sharing(defaultSettings, options.guided),
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
  const memory = coverageFile(run.out, run.engine.environment.identity);
  const coverage = options.memory ? await recallCoverage(memory) : coverageTable();
  if (coverage.keys.size > 0) run.output.log(`${coverage.keys.size} kinds of answers remembered: ${memory}`);
  const first = options.corpus ? await corpus(run.engine) : [];
  const callbacks = campaignCallbacks(run);
  const progress = fuzzProgress(run, limitsOf(options, first.length));
  try {
    const totals = await runCampaign({
      ...callbacks,
      onProgress: (totals, index) => {
        callbacks.onProgress(totals, index);
        progress.update();
      },
      first: first.map(({ program }) => program),
      seed: options.seed,
      rules: run.engine.rules,
      surfaces: run.engine.surfaces,
      settings,
      run: run.engine.run,
      ...(options.for === undefined ? {} : { seconds: options.for / 1000 }),
      ...(options.programs === undefined ? {} : { programs: options.programs }),
      coverage,
      guided: options.guided > 0,
      signal: run.signal,
    });
    progress.end();
    return await endRun(run, 'fuzz', endOf(totals));
  } finally {
    progress.end();
    if (options.memory) await rememberCoverage(memory, coverage);
  }
}

/** The corpus comes on top of the programs asked for. */
const limitsOf = ({ for: forMs, programs }: FuzzOptions, corpus: number): Limits => ({
  ...(forMs === undefined ? {} : { for: forMs }),
  ...(programs === undefined ? {} : { programs: programs + corpus }),
});

const ends: Record<NonNullable<Totals['stoppedBy']>, End> = {
  programs: { ended: 'complete' },
  seconds: { ended: 'deadline' },
  caller: { ended: 'interrupted', why: 'stopped by the user' },
  infrastructure: { ended: 'infrastructure', why: 'the machine under the runtime was lost' },
};

const endOf = ({ stoppedBy }: Totals): End => ends[stoppedBy ?? 'programs'];
