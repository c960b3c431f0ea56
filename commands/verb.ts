import type * as fc from 'fast-check';
import type { z } from 'zod';
import type { Surface } from '../domain/surface.ts';
import type { Work } from '../domain/work.ts';
import type { Prediction } from '../model/outcome.ts';
import type { Profile } from '../model/profile.ts';
import type { World } from '../model/world.ts';
import type { Call } from './calls.ts';
import type { About, Facts } from './facts.ts';

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

/** The schema of a verb's step: its operation and its own fields, and no others. */
export type StepSchema<Op extends string, Shape extends z.core.$ZodLooseShape> = z.ZodObject<
  { op: z.ZodLiteral<Op> } & Shape,
  z.core.$strict
>;

/** The step of a verb with this operation and these fields. */
export type StepWith<Op extends string, Shape extends z.core.$ZodLooseShape> = z.infer<StepSchema<Op, Shape>>;

/**
 * One operation of the language, with all that is to be known of it. Methods take their step bivariantly, so that
 * each verb fits into a table of `Verb<Step>`; callers dispatch by `step.op`.
 */
export interface Verb<S> extends Facts<S> {
  readonly op: string;
  readonly about: About;
  /** Surfaces to choose from; none where there is no choice. */
  readonly surfaces: readonly Surface[];
  /** Concrete steps worth trying in this world, before chance and the model choose: what exploring goes through. */
  candidates(world: World, context: DrawContext): readonly S[];
  /**
   * Arbitrary of the steps worth trying in this world; null where there is none. With `context.illegal` only
   * steps whose usual outcome is a refusal, without it only others.
   */
  draw(world: World, context: DrawContext): fc.Arbitrary<S> | null;
  /** All allowed answers; null where the contract says nothing (such a step is neither drawn nor kept in a shrink). */
  predict(world: World, step: S, profile: Profile): Prediction | null;
  /** The condition of what the step is about, in one short stable word. */
  situation(world: World, step: S): string;
  /** What it does, in order. */
  calls(step: S): readonly Call[];
  /** Simpler variants of the arguments, the simplest first; each differs from `step`. */
  shrink(step: S): Iterable<S>;
}
