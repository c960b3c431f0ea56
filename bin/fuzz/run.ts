import { randomInt } from 'node:crypto';
import { join } from 'node:path';
import { counted } from '../../domain/counted.ts';
import { toJson, writeAtomic } from '../../files/write.ts';
import type { Program } from '../../program/program.ts';
import { nothingRan } from '../../report/invocation-record.ts';
import { type CampaignResult, runCampaign } from '../../search/campaign/campaign.ts';
import { coverageTable } from '../../search/coverage/coverage.ts';
import { defaultSettings } from '../../search/generate/settings.ts';
import { coverageFile, recallCoverage } from '../coverage/memory.ts';
import type { Globals } from '../options/globals.ts';
import { lanesOf } from '../session/engine.ts';
import { findingKeeper } from '../session/findings.ts';
import { endingWithin, GRACE_MS } from '../session/interrupt.ts';
import { type End, type Invocation, invoke } from '../session/invocation.ts';
import { rememberSignatures } from '../session/signatures.ts';
import { corpus } from '../smoke/plan.ts';
import { fuzzProgress } from '../terminal/progress.ts';
import { type FileOf, onProgram } from './programs.ts';
import { reportingRunner } from './reporting.ts';

/** What a campaign is asked to do; times in milliseconds. */
export interface FuzzOptions {
  for?: number;
  programs?: number;
  /** Largest share of the time for one finding. */
  share: number;
  /** Findings after which it ends. */
  maxFailures?: number;
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
  const { seed = randomInt(0, 0x7fff_ffff) } = options;
  return invoke(
    'fuzz',
    { lanes: 'usual', ...options },
    (invocation) => runFuzz(invocation, { ...options, seed }),
    seed,
  );
}

/** A campaign: what it finds goes to disk as it is found, its reports at the end and every minute before. */
async function runFuzz(invocation: Invocation, options: FuzzOptions & { seed: number }): Promise<End> {
  const { engine, tally, signal, output } = invocation;
  const {
    seed,
    for: forMs,
    programs,
    maxFailures,
    guided,
    maxSteps,
    maxBoxes,
    illegal: illegalShare,
  } = options;
  output.log(`campaign seed ${seed}`);
  const settings = { ...defaultSettings, guided, maxSteps, maxBoxes, illegalShare };
  const lanes = lanesOf(engine).length;
  await writeAtomic(
    join(invocation.dir, 'settings.json'),
    toJson({ seed, forMs, programs, lanes, ...settings }),
  );
  const file = coverageFile(invocation.out, engine.environment.identity);
  const memory = options.memory ? await recallCoverage(file) : null;
  const coverage = memory?.table ?? coverageTable();
  if (memory?.setAside) invocation.warnings.push(memory.setAside);
  if (coverage.keys.size > 0)
    output.log(`${counted(coverage.keys.size, 'kind')} of answers remembered: ${file}`);
  const remember = async (): Promise<void> =>
    memory?.remember().catch((error: Error) => output.log(`what was covered is not kept: ${error.message}`));
  const keep = async (): Promise<void> => {
    await remember();
    await rememberSignatures(invocation).catch((error: Error) =>
      output.log(`what was found is not kept for the next run so far: ${error.message}`),
    );
  };
  const planned = options.corpus ? await corpus(engine) : [];
  const first = planned.map(({ program }) => program);
  const files = new Map<Program, string>(
    planned.map(({ program, group, name }) => [program, `corpus/${group}/${name}.json`]),
  );
  const fileOf: FileOf = (program) => files.get(program);
  if (guided > 0)
    output.log('the states of the model are explored first, to lead programs to what is not covered');
  const progress = fuzzProgress(invocation, forMs, programs);
  const graceMs = GRACE_MS * (engine.environment.patience ?? 1);
  const atTheLatest = endingWithin(signal, forMs && forMs + graceMs);
  const run = reportingRunner(invocation, keep);
  try {
    const { stoppedBy, notRun, why } = await runCampaign({
      ...findingKeeper(invocation, fileOf),
      onProgram: onProgram(invocation, fileOf),
      onProgress: progress.update,
      run: (program, within) => run(program, AbortSignal.any([within, atTheLatest])),
      ...{ first, seed, settings, coverage, tally, signal, lanes, guided: guided > 0 },
      ...{ findingShare: options.share, isNews: ({ signature }) => !invocation.before.has(signature.key) },
      ...{ rules: engine.rules, surfaces: engine.surfaces },
      ...(forMs === undefined ? {} : { seconds: forMs / 1000 }),
      ...(programs === undefined ? {} : { programs }),
      ...(maxFailures === undefined ? {} : { maxFindings: maxFailures }),
    });
    if (stoppedBy === 'findings')
      invocation.warnings.push(`ended after ${counted(maxFailures ?? 0, 'new finding')} (--max-failures)`);
    if (notRun > 0 && stoppedBy !== 'findings')
      invocation.warnings.push(
        `${notRun} of ${counted(first.length, 'program')} of the corpus were not come to, and nothing was drawn: give more time, or --no-corpus`,
      );
    if (stoppedBy === 'seconds' && nothingRan({ totals: tally.totals() }))
      invocation.warnings.push(
        'the time was over before one program had ended: give more, or do not plan ahead (--guided 0)',
      );
    return { ...ends[stoppedBy ?? 'programs'], ...(why && { why }) };
  } finally {
    progress.end();
    await remember();
  }
}

const ends: Record<NonNullable<CampaignResult['stoppedBy']>, End> = {
  programs: { ended: 'complete' },
  findings: { ended: 'complete' },
  seconds: { ended: 'deadline' },
  caller: { ended: 'interrupted', why: 'stopped by the user' },
  infrastructure: { ended: 'infrastructure' },
};
