import { type Reference, rules } from '../bench/harness/reference.ts';
import { canonicalSteps } from '../program/canonical.ts';
import { type Failure, isReproducible, type Verdict } from '../program/failure.ts';
import type { FailedHistory } from '../program/history.ts';
import type { Program } from '../program/program.ts';
import { investigate } from '../search/investigate/investigate.ts';
import type { Reruns } from '../verdict/classify.ts';
import { reproducerFor } from '../verdict/reproducer.ts';
import { signatureOf } from '../verdict/signature.ts';
import { siteOf } from './site.ts';
import type { Caught, Result } from './trial.ts';

/** What may be spent on one failure. */
export interface LookBudget {
  /** Runs and seconds of the shrink; without runs the program stays as it was found. */
  readonly shrinkRuns: number;
  readonly shrinkSeconds: number;
  readonly reruns?: Partial<Reruns>;
}

/** Runtimes to judge a failure with: the one it was found on, a new one with the same defect, one without. */
export interface Judges {
  readonly defective: Reference;
  readonly open: () => Promise<Reference>;
  readonly clean: Reference;
  /** What is known of shrunk programs already: most seeds of a defect come to the same one. */
  readonly proofs: Map<string, Proof>;
  readonly signal: AbortSignal;
}

/** What a shrunk program shows in a new home, and without the defect. */
export interface Proof {
  readonly replays: boolean;
  readonly without: Failure | null;
}

/**
 * Tells what kind of failure it is, its simplest program, whether that replays elsewhere and is the defect's doing.
 * Null for a failure that no re-run shows again.
 * @throws the signal's reason when it is aborted
 */
export async function lookInto(
  judges: Judges,
  found: FailedHistory,
  budget: LookBudget,
): Promise<Result | null> {
  const { defective, signal } = judges;
  const { failure } = found.ending;
  const begunMs = performance.now();
  const { verdict, smallest, shrunk } = await investigate(found, {
    run: defective.run,
    rules,
    signal,
    ...(budget.reruns && { reruns: budget.reruns }),
    shrink: () => (budget.shrinkRuns > 0 ? { runs: budget.shrinkRuns, seconds: budget.shrinkSeconds } : null),
  });
  signal.throwIfAborted();
  if (!isReproducible(verdict)) return null;
  const { replays, without } = shrunk
    ? await prove(judges, smallest.program, failure, verdict)
    : { replays: null, without: await withoutDefect(judges, found.program) };
  const signature = signatureOf(failure);
  const caught: Caught = {
    oracle: failure.kind === 'oracle' ? failure.oracle : failure.kind,
    signature: signature.key,
    text: signature.text,
    verdict,
    originalSteps: found.program.steps.length,
    shrunk: shrunk && {
      program: smallest.program,
      site: siteOf(smallest.ending.failure),
      runs: shrunk.runs,
    },
    replays,
    lookMs: performance.now() - begunMs,
  };
  return without
    ? { is: 'false-alarm', without: signatureOf(without).text, ...caught }
    : { is: 'killed', ...caught };
}

async function prove(judges: Judges, program: Program, failure: Failure, verdict: Verdict): Promise<Proof> {
  const key = `${signatureOf(failure).key} ${canonicalSteps(program.steps)}`;
  const known = judges.proofs.get(key);
  if (known) return known;
  const replays = await replaysElsewhere(judges, program, failure, verdict);
  const proof = { replays, without: await withoutDefect(judges, program) };
  judges.proofs.set(key, proof);
  return proof;
}

/** How the program fails on the clean runtime: then the failure is not the defect's. */
async function withoutDefect({ clean, signal }: Judges, program: Program): Promise<Failure | null> {
  const { ending } = await clean.run(program, signal);
  signal.throwIfAborted();
  return ending.is === 'failed' ? ending.failure : null;
}

/** Whether the program alone shows the failure: what earlier programs left in a home must not be a part of it. */
async function replaysElsewhere(
  { open, signal }: Judges,
  program: Program,
  failure: Failure,
  verdict: Verdict,
): Promise<boolean> {
  const elsewhere = await open();
  try {
    const again = await reproducerFor(verdict, failure, elsewhere.run, signal)(program);
    return again !== null && again !== 'stop';
  } finally {
    await elsewhere.close();
  }
}
