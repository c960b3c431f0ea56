import { type History, hasFailed, type RunProgram } from '../../program/history.ts';
import type { Program } from '../../program/program.ts';
import { addHistory, coverageTable } from '../coverage/coverage.ts';
import { makeGuide } from '../coverage/guide/guide.ts';
import { programOfSeed } from '../generate/program-of-seed.ts';
import { programSeed } from '../generate/seed.ts';
import { defaultSettings } from '../generate/settings.ts';
import { type FindingBudget, newFindings } from '../investigate/findings.ts';
import { LostMachineError } from '../investigate/steady-runner.ts';
import { newTally } from './tally.ts';
import type { CampaignOptions, CampaignResult } from './types.ts';

export type { CampaignOptions, CampaignResult } from './types.ts';

const defaultShrink = { runs: 200, seconds: 600 };

/**
 * Draws and runs programs until the number of programs, the time or the caller ends it. A failure of a new
 * signature is reported at once, then classified and shrunk as far as time allows; one that is known is counted.
 * What breaks the machine is never a finding.
 */
export async function runCampaign(options: CampaignOptions): Promise<CampaignResult> {
  const { clock = performance, tally = newTally(), coverage = coverageTable() } = options;
  const startMs = clock.now();
  const elapsedMs = (): number => clock.now() - startMs;
  const run: RunProgram = async (program, signal) => {
    const history = await options.run(program, signal);
    addHistory(coverage, history);
    return history;
  };
  const findings = newFindings({
    ...options,
    run: async (program, signal) => {
      const history = await run(program, signal);
      tally.addEffort(history);
      return history;
    },
    takeOthers: true,
    now: () => clock.now(),
    budget: budgetOf(options, elapsedMs),
  });
  const result: CampaignResult = { tally, coverage, findings: findings.list, elapsedMs: 0, stoppedBy: null };
  const draw = drawerOf(options, coverage);
  try {
    const first = options.first ?? [];
    for (let index = -first.length; ; index++) {
      result.stoppedBy = whyStop(options, index, findings.list.length, elapsedMs());
      if (result.stoppedBy) break;
      const history = await run(index < 0 ? (first.at(index) as Program) : draw(index), options.signal);
      await judge(history);
      result.elapsedMs = elapsedMs();
      options.onProgress?.(result);
    }
  } catch (error) {
    if (!(error instanceof LostMachineError)) throw error;
    result.stoppedBy = 'infrastructure';
  }
  result.elapsedMs = elapsedMs();
  return result;

  async function judge(history: History): Promise<void> {
    tally.add(history);
    await options.onProgram?.(history);
    if (hasFailed(history)) await findings.take(history);
  }
}

/** Draws program number `index`; by its seed alone, unless coverage guides. */
function drawerOf(
  options: CampaignOptions,
  coverage: CampaignResult['coverage'],
): (index: number) => Program {
  const { rules, surfaces, settings = defaultSettings } = options;
  const guide = options.guided ? { guide: makeGuide(rules, { surfaces, settings }, coverage) } : {};
  return (index) =>
    programOfSeed(rules, { surfaces, settings, seed: programSeed(options.seed, index), ...guide });
}

function whyStop(
  { signal, programs, seconds, maxFindings }: CampaignOptions,
  index: number,
  findings: number,
  elapsedMs: number,
): CampaignResult['stoppedBy'] {
  if (signal.aborted) return 'caller';
  if (maxFindings !== undefined && findings >= maxFindings) return 'findings';
  if (programs !== undefined && index >= programs) return 'programs';
  return seconds !== undefined && elapsedMs >= seconds * 1000 ? 'seconds' : null;
}

/**
 * The first finding is always investigated; later ones while that has not eaten up its share of the campaign's time.
 * Shrinking ends with the campaign.
 */
function budgetOf(options: CampaignOptions, elapsedMs: () => number): FindingBudget {
  const { seconds, findingShare = 0.5, shrinkBudget = defaultShrink } = options;
  const secondsLeft = (): number =>
    seconds === undefined ? Number.POSITIVE_INFINITY : Math.max(0, seconds - elapsedMs() / 1000);
  return {
    mayInvestigate: (spentMs) => spentMs <= findingShare * Math.max(elapsedMs(), (seconds ?? 0) * 1000),
    shrink: () => ({ runs: shrinkBudget.runs, seconds: Math.min(shrinkBudget.seconds, secondsLeft()) }),
  };
}
