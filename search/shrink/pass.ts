import type { Step } from '../../program/step.ts';
import type { Job } from './job.ts';

/** Where a pass goes on in a candidate that still fails; plain numbers, so that nothing is tried twice. */
export interface Position {
  /** Counted from the front of what the pass walks over, which it walks from the back. */
  readonly at: number;
  /** Chunk size, or number of the variant, as the pass likes. */
  readonly size: number;
}

/** A simpler program, not yet admitted by the model. */
export interface Proposal {
  readonly steps: readonly Step[];
  /** Where the same pass goes on when this one still fails. */
  readonly resume: Position;
  /** The failing step has become another operation that can show the same (`isSameOrWeakerFailure`). */
  readonly crosses?: boolean;
}

/**
 * Proposes simpler forms of a failing program, in one way. What a pass must hold to:
 *
 * - It is pure and deterministic: the same job and position give the same proposals, so that a shrink can be repeated
 *   and go on from any candidate. It runs nothing and draws nothing.
 * - It proposes, `candidates` disposes: a proposal becomes a run only if its handles are valid, the model predicts
 *   every step, the failing step keeps its site (`admit`), it is smaller by the measure or costs fuel, and was not
 *   handed out before. So a pass need not check any of this, but what it knows to be refused it should not build.
 * - It never takes the failing step away, nor changes its operation unless it says so (`crosses`).
 * - Runs are dear, the model is cheap: boldest first, and for one change as few proposals as possible. `next(false)`
 *   says that the model refused the last one, so that the pass can try what the model may like better.
 * - It comes to an end, and `resume` leads it on behind what was tried, or to the same place where the program there
 *   has become shorter.
 * - It is worth its runs: docs/measurements.md has the figures with and without each.
 */
export type Pass = (job: Job, from: Position | null) => Proposals;

/** Told of each proposal whether the model admitted it. */
export type Proposals = Generator<Proposal, void, boolean>;
