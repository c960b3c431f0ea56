import type { Observation } from '../domain/observation.ts';
import type { Outcome } from '../model/outcome.ts';
import { type OracleName, oracles } from './oracles.ts';
import type { Step } from './step.ts';

/**
 * Why a program failed. Data that goes into the counterexample's files; `at` is the index of the step, for
 * oracles that speak after the last step the number of steps.
 */
export type Failure =
  | {
      kind: 'unexpected';
      at: number;
      step: Step;
      /** What the contract allows. */
      allowed: readonly Pick<Outcome, 'label' | 'expect'>[];
      seen: Observation;
      /** Why the nearest outcome did not fit, one phrase each. */
      differences: readonly string[];
      /** Condition of what the step is about, such as `job/stopped`; part of the signature. */
      situation: string;
    }
  | {
      kind: 'oracle';
      oracle: OracleName;
      at: number;
      step: Step | null;
      detail: string;
      seen?: Observation;
      situation: string;
    }
  /** A known divergence that always shows did not: the contract's own answer is back, the mark must go. */
  | { kind: 'stale-mark'; id: string; at: number; step: Step; situation: string; detail: string };

/** The failure classes of a verdict; `infrastructure`: the machine broke while it was run again, so that nothing is known. */
export type Verdict =
  | { class: 'deterministic'; failed: number; runs: number }
  /** `here`: how many of the failed ones failed at the step of the finding, where not all did. */
  | { class: 'flaky'; failed: number; runs: number; here?: number }
  | { class: 'not-reproduced'; runs: number }
  | { class: 'infrastructure'; why: string };

/** Whether a failure was seen again when its program was run again, each time or now and then. */
export const isReproducible = (
  verdict: Verdict | null,
): verdict is Extract<Verdict, { class: 'deterministic' | 'flaky' }> =>
  verdict?.class === 'deterministic' || verdict?.class === 'flaky';

/** Whether a run failed after its last step, by what an oracle saw when every box was removed. */
export const isAfterRemoval = (failure: Failure | null): failure is Extract<Failure, { kind: 'oracle' }> =>
  failure?.kind === 'oracle' && oracles[failure.oracle].afterRemoval !== undefined;
