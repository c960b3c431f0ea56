import type { Failure, Verdict } from '../../program/failure.ts';
import { FORMAT, type Program } from '../../program/program.ts';
import { classify } from '../../verdict/classify.ts';
import type { Chance } from '../harness/chance.ts';
import { historyOf } from '../simulated/runtime.ts';

const PRECISION = 1_000_000;
const program: Program = { format: FORMAT, contract: '', steps: [{ op: 'list', via: 'rest', all: true }] };
const failure: Failure = {
  kind: 'oracle',
  oracle: 'leak',
  at: 1,
  step: null,
  detail: 'left behind: process shim',
  situation: 'end',
};

/** How often a verdict was given, and the re-runs it took. */
export type Counts = Record<Verdict['class'], { count: number; runs: number }>;

/** Classifies a failure that shows at random at this rate, so many times. */
export async function flakyTrials(
  rate: number,
  trials: number,
  chance: Chance,
  signal: AbortSignal,
): Promise<Counts> {
  const counts: Counts = {
    flaky: { count: 0, runs: 0 },
    deterministic: { count: 0, runs: 0 },
    'not-reproduced': { count: 0, runs: 0 },
    infrastructure: { count: 0, runs: 0 },
  };
  const run = async () => {
    const fails = chance(PRECISION) < rate * PRECISION;
    return historyOf(program, [], fails ? { is: 'failed', failure } : { is: 'passed' });
  };
  for (let i = 0; i < trials; i++) {
    const { verdict, histories } = await classify(program, failure, run, {}, signal);
    counts[verdict.class].count++;
    counts[verdict.class].runs += histories.length;
  }
  return counts;
}
