import type { Failure } from '../../program/failure.ts';
import type { RunProgram } from '../../program/history.ts';
import type { Program } from '../../program/program.ts';
import { classify } from '../../verdict/classify.ts';
import { reproducerFor, runsPerCandidate } from '../../verdict/reproducer.ts';
import { sameSignature } from '../../verdict/signature.ts';
import { shrinkProgram } from '../shrink/driver.ts';
import type { CampaignOptions, Clock, Finding } from './types.ts';

const defaultBudget = { runs: 200, seconds: 600 };
/** A flaky failure costs several runs a candidate; so many candidates are tried whatever the budget. */
const MIN_CANDIDATES = 10;

/** A failure that turned up on the way, with its program. */
export interface Stray {
  readonly program: Program;
  readonly failure: Failure;
}

/**
 * What kind of failure a finding is, and the simplest program that shows it. The finding is updated as soon as
 * something is known.
 * @returns failures of other signatures that turned up
 */
export async function lookInto(
  options: CampaignOptions,
  run: RunProgram,
  finding: Finding,
  secondsLeft: number,
  clock: Clock,
): Promise<Stray[]> {
  const { signal } = options;
  const { verdict, histories } = await classify(
    finding.program,
    finding.failure,
    run,
    options.reruns ?? {},
    signal,
  );
  finding.verdict = verdict;
  await options.onUpdate?.(finding);
  const strays = histories.flatMap(({ program, ending }) =>
    ending.is === 'failed' && !sameSignature(ending.failure, finding.failure)
      ? [{ program, failure: ending.failure }]
      : [],
  );
  if (verdict.class !== 'deterministic' && verdict.class !== 'flaky') return strays;
  return [...strays, ...(await shrinkFinding(options, run, finding, secondsLeft, clock))];
}

async function shrinkFinding(
  options: CampaignOptions,
  run: RunProgram,
  finding: Finding,
  secondsLeft: number,
  clock: Clock,
): Promise<readonly Stray[]> {
  const { rules, signal } = options;
  const budget = options.shrinkBudget ?? defaultBudget;
  const verdict = finding.verdict as NonNullable<Finding['verdict']>;
  const runs = Math.max(MIN_CANDIDATES, Math.floor(budget.runs / runsPerCandidate(verdict)));
  const wanted = finding.failure;
  const shrunk = await shrinkProgram({
    program: finding.program,
    failure: wanted,
    reproduce: reproducerFor(verdict, wanted, run, signal),
    budget: { runs: Math.min(runs, budget.runs), seconds: Math.min(budget.seconds, secondsLeft) },
    onBest: async (program, failure) => {
      finding.program = program;
      finding.failure = failure;
      await options.onUpdate?.(finding);
    },
    rules,
    signal,
    now: () => clock.now(),
  });
  finding.shrunk = { runs: shrunk.runs, commands: shrunk.commands, exhausted: shrunk.exhausted };
  await options.onUpdate?.(finding);
  return shrunk.others;
}
