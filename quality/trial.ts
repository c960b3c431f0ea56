import type { DefectName } from '../reference/defects.ts';
import { ownEvents } from '../search/own-events.ts';
import { shrinkProgram } from '../search/shrink/driver.ts';
import { classify } from '../verdict/classify.ts';
import type { Failure, Verdict } from '../verdict/failure.ts';
import { reproducerFor, runsPerCandidate } from '../verdict/reproducer.ts';
import type { Reruns } from '../verdict/rerun-rule.ts';
import { sameSignature, signatureOf } from '../verdict/signature.ts';
import { type Bench, rules } from './bench.ts';
import { drawProgram } from './draw.ts';
import type { Caught, Program, Shrunk, Trial } from './trial-record.ts';

/** What one trial may cost. */
export interface Budget {
  /** Programs drawn before the defect counts as survived. */
  readonly programs: number;
  /** Runs and seconds of one shrink. */
  readonly shrinkRuns: number;
  readonly shrinkSeconds: number;
  readonly reruns?: Partial<Reruns>;
}

/** The two runtimes a trial needs, and what ends it early. */
export interface Setting {
  readonly spoilt: Bench;
  readonly clean: Bench;
  readonly budget: Budget;
  readonly signal: AbortSignal;
}

/**
 * One trial of the oracle: draws programs from a seed until one fails on the defective runtime, classifies the
 * failure, makes it simpler, and runs the result once without the defect.
 */
export async function tryDefect(setting: Setting, defect: DefectName, seed: number): Promise<Trial> {
  const hunt = await firstFailure(setting, seed);
  const { programs, steps, huntMs } = hunt;
  const trial = { defect, seed, programs, steps, huntMs };
  if (hunt.why !== null) return { ...trial, result: { is: 'machine', why: hunt.why } };
  if (!hunt.found) return { ...trial, result: { is: 'survived' } };
  return { ...trial, result: await lookInto(setting, hunt.found) };
}

interface Found {
  readonly program: Program;
  readonly failure: Failure;
}

interface Hunt extends Pick<Trial, 'programs' | 'steps' | 'huntMs'> {
  readonly found: Found | null;
  /** The machine broke for good; null: it did not. */
  readonly why: string | null;
}

async function firstFailure({ spoilt, budget, signal }: Setting, seed: number): Promise<Hunt> {
  const begunMs = performance.now();
  let steps = 0;
  for (let index = 0; ; index++) {
    const ended = (found: Found | null, programs: number, why: string | null = null): Hunt => ({
      programs,
      steps,
      huntMs: performance.now() - begunMs,
      found,
      why,
    });
    if (index >= budget.programs) return ended(null, index);
    const program = drawProgram(seed, index);
    const history = await spoilt.run(program, signal);
    signal.throwIfAborted();
    steps += ownEvents(history).length;
    const { ending } = history;
    if (ending.is === 'infrastructure') return ended(null, index + 1, ending.why);
    if (ending.is === 'failed') return ended({ program, failure: ending.failure }, index + 1);
  }
}

async function lookInto(setting: Setting, found: Found): Promise<Trial['result']> {
  const { spoilt, clean, budget, signal } = setting;
  const { failure } = found;
  const begunMs = performance.now();
  const { verdict } = await classify(found.program, failure, spoilt.run, budget.reruns ?? {}, signal);
  const shrunk = await shrink(setting, found, verdict);
  const { ending } = await clean.run(shrunk.program, signal);
  const signature = signatureOf(failure);
  const caught: Caught = {
    oracle: failure.kind === 'oracle' ? failure.oracle : failure.kind,
    signature: signature.key,
    text: signature.text,
    verdict,
    originalSteps: found.program.steps.length,
    shrunk,
    lookMs: performance.now() - begunMs,
  };
  if (ending.is === 'failed') return { is: 'false-alarm', without: signatureOf(ending.failure).text, ...caught };
  return { is: 'killed', ...caught };
}

async function shrink(setting: Setting, { program, failure }: Found, verdict: Verdict): Promise<Shrunk> {
  const { spoilt, budget, signal } = setting;
  if (verdict.class !== 'deterministic' && verdict.class !== 'flaky')
    return { program, runs: 0, tried: 0, exhausted: false };
  let runs = 0;
  const counted: Bench['run'] = (candidate, until) => {
    runs++;
    return spoilt.run(candidate, until);
  };
  const result = await shrinkProgram({
    program,
    failure,
    reproduce: reproducerFor(verdict, failure, counted, signal),
    sameSignature: (other) => sameSignature(other, failure),
    budget: {
      runs: Math.ceil(budget.shrinkRuns / runsPerCandidate(verdict)),
      seconds: budget.shrinkSeconds,
    },
    rules,
    signal,
  });
  return { program: result.program, runs, tried: result.runs, exhausted: result.exhausted };
}
