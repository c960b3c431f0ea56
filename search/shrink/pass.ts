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
 * One way of making programs simpler. Yields proposals from a position on; is told by `next(false)` that the
 * model refused the proposal, so that it can mend it.
 */
export interface Pass {
  readonly name: string;
  propose(job: Job, from: Position | null): Generator<Proposal, void, boolean>;
}
