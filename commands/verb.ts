import type * as fc from 'fast-check';
import type { Observation } from '../domain/observation.ts';
import type { Work } from '../domain/work.ts';
import type { Prediction } from '../model/outcome.ts';
import type { Profile } from '../model/profile.ts';
import type { World } from '../model/world.ts';
import type { Op, Step, StepOf, Surface } from '../program/step.ts';
import type { StepContext } from './step-context.ts';

/** What drawing may look at, besides the world. */
export interface DrawContext {
  /** What commands do; absent: anything. Refused steps are not held to it. */
  works?: ReadonlySet<Work['do']>;
  readonly surfaces: ReadonlySet<Surface>;
  readonly profile: Profile;
  /** A step that the contract refuses is wanted. */
  readonly illegal: boolean;
  /** Boxes that may exist at the same time. */
  readonly maxBoxes: number;
}

/** One operation of the language: how it is drawn, predicted, performed and made simpler. */
export interface Verb<O extends Op = Op> {
  readonly op: O;
  /** Concrete steps worth trying in this world, before chance and the model choose: what exploring goes through. */
  candidates(world: World, context: DrawContext): readonly StepOf<O>[];
  /**
   * Arbitrary of the steps worth trying in this world; null where there is none. With `context.illegal` only
   * steps whose usual outcome is a refusal, without it only others.
   */
  draw(world: World, context: DrawContext): fc.Arbitrary<StepOf<O>> | null;
  /** All allowed answers; null where the contract is silent (such a step is neither drawn nor kept in a shrink). */
  predict(world: World, step: StepOf<O>, profile: Profile): Prediction | null;
  /** Does it on the real thing. `deadlineMs` is already scaled to the target. */
  perform(step: StepOf<O>, stepContext: StepContext, deadlineMs: number): Promise<Observation>;
  /** Simpler variants of the arguments, the simplest first; each differs from `step`. */
  shrink(step: StepOf<O>): Iterable<StepOf<O>>;
}

/** A verb with its own type forgotten: what a table of all verbs holds. */
export type AnyVerb = {
  readonly op: Op;
  candidates(world: World, context: DrawContext): readonly Step[];
  draw(world: World, context: DrawContext): fc.Arbitrary<Step> | null;
  predict(world: World, step: Step, profile: Profile): Prediction | null;
  perform(step: Step, stepContext: StepContext, deadlineMs: number): Promise<Observation>;
  shrink(step: Step): Iterable<Step>;
};
