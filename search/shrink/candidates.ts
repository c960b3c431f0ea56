import { canonicalSteps } from '../../program/canonical.ts';
import type { Failure } from '../../program/failure.ts';
import type { Step } from '../../program/step.ts';
import type { Rules } from '../worlds/rules.ts';
import { argumentPass, simplestPass } from './argument-pass.ts';
import type { ShrinkContext } from './context.ts';
import { chunkPass, singlePass, slicePass } from './delete-pass.ts';
import { admit, type Job, jobOf } from './job.ts';
import { compareMeasures, measure } from './measure.ts';
import { mergePass } from './merge-pass.ts';
import type { Pass, Position } from './pass.ts';
import { surfacePass } from './surface-pass.ts';

/** A program to try, and where to go on from it if it still fails. */
export interface Candidate {
  readonly steps: Step[];
  readonly context: ShrinkContext;
}

/**
 * What most failures come down to first: it costs the fewest boxes by far. Then simple steps, for what is cut from a
 * simple program need not be tried again once it has become simple.
 */
const passes: readonly Pass[] = [
  slicePass,
  simplestPass,
  chunkPass,
  surfacePass,
  singlePass,
  mergePass,
  argumentPass,
];
/** Later rounds leave out what has been tried on the whole. */
const NEXT_ROUND = passes.indexOf(surfacePass);

/**
 * Simpler programs, the boldest first, that the model admits and that were not handed out before. Lazy: what
 * is not asked for costs nothing. `failure` is what the program is known to fail with, if that is known.
 */
export function* candidates(
  rules: Rules,
  steps: readonly Step[],
  failure: Failure | null,
  context: ShrinkContext,
): Generator<Candidate, void, void> {
  const job = jobOf(rules, steps, failure);
  context.offered.add(canonicalSteps(steps));
  for (const { index, start } of passesFrom(context)) yield* ofPass(job, index, start, context);
  yield* theCut(job, steps, context);
}

/** Passes still to come: the rest of this round and, when something changed in it, one more round. */
function* passesFrom(context: ShrinkContext): Generator<{ index: number; start: Position | null }> {
  if (context.pass >= passes.length) return;
  yield { index: context.pass, start: context.position };
  for (let index = context.pass + 1; index < passes.length; index++) yield { index, start: null };
  if (!context.dirty) return;
  for (let index = NEXT_ROUND; index < passes.length; index++) yield { index, start: null };
}

function* ofPass(
  job: Job,
  index: number,
  start: Position | null,
  context: ShrinkContext,
): Generator<Candidate, void, void> {
  const proposals = (passes[index] as Pass)(job, start);
  let admitted = false;
  for (;;) {
    const proposal = proposals.next(admitted);
    if (proposal.done) return;
    const steps = admit(job, proposal.value.steps, proposal.value.crosses);
    admitted = steps !== null;
    const fuel = steps && fuelAfter(job, steps, context.fuel);
    if (!steps || fuel === null || isTransition(context, steps)) continue;
    const position = proposal.value.resume;
    yield { steps, context: { ...context, pass: index, position, dirty: true, fuel } };
  }
}

/** Fuel left after a candidate; null when it is not smaller than the program in hand. */
function fuelAfter(job: Job, steps: readonly Step[], fuel: number): number | null {
  const order = compareMeasures(
    measure(steps, job.failing === null ? null : steps.length - 1),
    measure(job.steps, job.failing),
  );
  if (order < 0) return fuel;
  return order === 0 && fuel > 0 ? fuel - 1 : null;
}

function isTransition(context: ShrinkContext, steps: readonly Step[]): boolean {
  const text = canonicalSteps(steps);
  if (context.offered.has(text)) return true;
  context.offered.add(text);
  return false;
}

/**
 * What follows the failing step was never run, so every candidate leaves it out and the bare cut is only worth
 * a run when nothing else worked. Nothing is left to try after it.
 */
function* theCut(job: Job, steps: readonly Step[], context: ShrinkContext): Generator<Candidate, void, void> {
  if (job.steps.length === steps.length) return;
  const cut = admit(job, job.steps);
  if (cut && !isTransition(context, cut)) {
    yield { steps: cut, context: { ...context, pass: passes.length, position: null } };
  }
}
