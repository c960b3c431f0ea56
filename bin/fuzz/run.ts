import { randomInt } from 'node:crypto';
import { join } from 'node:path';
import { toJson, writeAtomic } from '../../files/write.ts';
import type { InvocationRecord } from '../../report/invocation-record.ts';
import { type CampaignResult, runCampaign } from '../../search/campaign/campaign.ts';
import { coverageTable } from '../../search/coverage/coverage.ts';
import { defaultSettings } from '../../search/generate/settings.ts';
import { coverageFile, recallCoverage, rememberCoverage } from '../coverage/memory.ts';
import type { Globals } from '../options/globals.ts';
import { findingKeeper } from '../session/findings.ts';
import { type End, endInvocation, type Invocation } from '../session/invocation.ts';
import { invoke } from '../session/invoke.ts';
import { corpus } from '../smoke/plan.ts';
import { fuzzProgress, type Limits } from '../terminal/progress.ts';
import { onProgram, reportingRunner } from './programs.ts';

/** What a campaign is asked to do; times in milliseconds. */
export interface FuzzOptions {
  for?: number;
  programs?: number;
  seed?: number;
  maxSteps: number;
  maxBoxes: number;
  /** Share of steps the contract refuses, and of programs that coverage guides. */
  illegal: number;
  guided: number;
  /** Whether earlier campaigns guide too, and whether the corpus is run first. */
  memory: boolean;
  corpus: boolean;
}

/** Runs a campaign; its exit code. */
export async function fuzz(options: Globals & FuzzOptions): Promise<number> {
  const seed = options.seed ?? randomInt(0, 0x7fff_ffff);
  const work = (invocation: Invocation): Promise<InvocationRecord> => {
    invocation.output.log(`campaign seed ${seed}`);
    return runFuzz(invocation, { ...options, seed });
  };
  return invoke('fuzz', options, work, seed);
}

/** A campaign: what it finds goes to disk as it is found, its reports at the end and every minute before. */
export async function runFuzz(
  invocation: Invocation,
  options: FuzzOptions & { seed: number },
): Promise<InvocationRecord> {
  const settings = {
    ...defaultSettings,
    guided: options.guided,
    maxSteps: options.maxSteps,
    maxBoxes: options.maxBoxes,
    illegalShare: options.illegal,
  };
  await writeAtomic(
    join(invocation.dir, 'settings.json'),
    toJson({
      seed: options.seed,
      forMs: options.for,
      programs: options.programs,
      ...settings,
    }),
  );
  const memory = coverageFile(invocation.out, invocation.engine.environment.identity);
  const coverage = options.memory ? await recallCoverage(memory) : coverageTable();
  if (coverage.keys.size > 0)
    invocation.output.log(`${coverage.keys.size} kinds of answers remembered: ${memory}`);
  const first = options.corpus ? await corpus(invocation.engine) : [];
  const progress = fuzzProgress(invocation, limitsOf(options, first.length));
  try {
    const result = await runCampaign({
      ...findingKeeper(invocation),
      onProgram: onProgram(invocation),
      onProgress: progress.update,
      first: first.map(({ program }) => program),
      seed: options.seed,
      rules: invocation.engine.rules,
      surfaces: invocation.engine.surfaces,
      settings,
      run: reportingRunner(invocation),
      ...(options.for === undefined ? {} : { seconds: options.for / 1000 }),
      ...(options.programs === undefined ? {} : { programs: options.programs }),
      coverage,
      tally: invocation.tally,
      guided: options.guided > 0,
      signal: invocation.signal,
    });
    progress.end();
    return await endInvocation(invocation, endOf(result));
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

const ends: Record<NonNullable<CampaignResult['stoppedBy']>, End> = {
  programs: { ended: 'complete' },
  findings: { ended: 'complete' },
  seconds: { ended: 'deadline' },
  caller: { ended: 'interrupted', why: 'stopped by the user' },
  infrastructure: { ended: 'infrastructure', why: 'the machine under the runtime was lost' },
};

const endOf = ({ stoppedBy }: CampaignResult): End => ends[stoppedBy ?? 'programs'];
