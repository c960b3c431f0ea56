import { basename } from 'node:path';
import type { Failure, Verdict } from '../../program/failure.ts';
import type { History, RunProgram } from '../../program/history.ts';
import { type KeptCounterexample, keepCounterexample } from '../../report/counterexample/keep.ts';
import type { FailedRun } from '../../report/counterexample/record.ts';
import type { FindingLine } from '../../report/run-record.ts';
import { describeVerdict } from '../../report/text/failure.ts';
import { waited } from '../../run/waited.ts';
import { shrinkProgram } from '../../search/shrink/driver.ts';
import { classify } from '../../verdict/classify.ts';
import { reproducerFor } from '../../verdict/reproducer.ts';
import { isSameOrWeakerFailure } from '../../verdict/same-or-weaker-failure.ts';
import { signatureOf } from '../../verdict/signature.ts';
import type { Run } from './run-state.ts';

/** What may be spent on findings: on shrinking one of them, and on all of them together. */
export interface FindingBudget {
  readonly shrinkRuns: number;
  readonly shrinkMs: number;
  /** Goes down as findings are looked into; below zero they are only kept. */
  leftMs: number;
}

/** The failed run behind a history that failed. */
export function failedRun(history: History): FailedRun {
  if (history.ending.is !== 'failed')
    throw new Error('boxcheck: a counterexample needs a program that failed');
  return { program: history.program, history, failure: history.ending.failure };
}

/** Writes the counterexample of a failure: the very first thing that is done with it. */
export async function keep(run: Run, failed: FailedRun): Promise<KeptCounterexample> {
  const signature = signatureOf(failed.failure);
  const environment = run.engine.environment;
  const kept = await keepCounterexample(run.findingsDir, {
    original: failed,
    signature,
    environment,
    foundAt: new Date(),
  });
  const since = Date.parse(failed.history.startedAt);
  const logs = run.engine.target.logs(since);
  await kept.logs(
    await waited(run.times.waiting, logs).catch((error: Error) => ({ 'not-readable.txt': error.message })),
  );
  run.findings.set(signature.key, lineOf(kept, 1));
  return kept;
}

/** A kept counterexample as a line of the report. */
export function lineOf(kept: KeptCounterexample, hits: number): FindingLine {
  const { signature, verdict, smallest, original } = kept.record();
  return {
    key: signature.key,
    text: signature.text,
    dir: kept.dir,
    verdict,
    ...(original.program.seed === undefined ? {} : { seed: original.program.seed }),
    steps: smallest.program.steps.length,
    originalSteps: original.program.steps.length,
    hits,
  };
}

/**
 * What is done about a failure: the counterexample is written, the program run again until the kind of failure
 * is clear, then shrunk as far as the budget goes. A failure this run knows already is only counted.
 */
export async function investigate(run: Run, history: History, budget: FindingBudget): Promise<FindingLine> {
  const failed = failedRun(history);
  const { key } = signatureOf(failed.failure);
  const known = run.findings.get(key);
  if (known) {
    known.hits += 1;
    // Twice in one run is not once.
    delete known.gates;
    return known;
  }
  const kept = await keep(run, failed);
  run.output.log(`finding: ${kept.record().signature.text}; kept in ${kept.dir}`);
  if (budget.leftMs > 0) await lookInto(run, kept, failed, budget);
  else run.output.log(`${basename(kept.dir)}: kept as it is; \`boxcheck repro --shrink\` makes it shorter`);
  const line = lineOf(kept, 1);
  run.findings.set(key, line);
  return line;
}

async function lookInto(
  run: Run,
  kept: KeptCounterexample,
  failed: FailedRun,
  budget: FindingBudget,
): Promise<void> {
  const begunMs = performance.now();
  try {
    const verdict = await judge(run, kept, failed);
    if (verdict?.class === 'deterministic' || verdict?.class === 'flaky')
      await shrink(run, kept, verdict, budget);
  } finally {
    budget.leftMs -= performance.now() - begunMs;
  }
}

/** Runs it again until its class is decided; null when the user stopped it before. */
async function judge(run: Run, kept: KeptCounterexample, failed: FailedRun): Promise<Verdict | null> {
  try {
    const { verdict } = await classify(failed.program, failed.failure, run.engine.run, {}, run.signal);
    await kept.judged(verdict);
    run.output.log(`${basename(kept.dir)}: ${describeVerdict(verdict)}`);
    return verdict;
  } catch (error) {
    if (run.signal.aborted) return null;
    throw error;
  }
}

async function shrink(
  run: Run,
  kept: KeptCounterexample,
  verdict: Verdict,
  budget: FindingBudget,
): Promise<void> {
  const { program, failure } = kept.record().original;
  const failures = rememberFailures(run.engine.run, failure);
  const shrunk = await shrinkProgram({
    program,
    failure,
    reproduce: reproducerFor(verdict, failure, failures.run, run.signal),
    budget: { runs: budget.shrinkRuns, seconds: Math.min(budget.shrinkMs, budget.leftMs) / 1000 },
    rules: run.engine.rules,
    signal: run.signal,
    onBest: async (best) => {
      const history = failures.last(best);
      if (history) await kept.better(failedRun(history));
    },
  });
  const { steps } = kept.record().smallest.program;
  run.output.log(
    `${basename(kept.dir)}: ${steps.length} steps (from ${program.steps.length}) after ${shrunk.runs} runs`,
  );
}

/** A runner that remembers its last run that failed in the wanted way: what a shorter counterexample is documented by. */
function rememberFailures(
  run: RunProgram,
  wanted: Failure,
): { run: RunProgram; last(program: History['program']): History | null } {
  let last: History | null = null;
  return {
    async run(program, signal) {
      const history = await run(program, signal);
      if (history.ending.is === 'failed' && isSameOrWeakerFailure(history.ending.failure, wanted))
        last = history;
      return history;
    },
    last: (program) => (last && last.program.steps.length === program.steps.length ? last : null),
  };
}
