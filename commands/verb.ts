import type * as fc from 'fast-check';
import type { z } from 'zod';
import type { HandleKind } from '../domain/handle.ts';
import type { Surface } from '../domain/surface.ts';
import type { Work } from '../domain/work.ts';
import type { Prediction } from '../model/outcome.ts';
import type { Profile } from '../model/profile.ts';
import type { Effect, Refers } from '../model/refers.ts';
import type { World } from '../model/world.ts';
import type { Call } from './calls.ts';

/** Whether a step that does this boots a box at rest, whatever else it does. */
export const bootsAtRest = (effect: Effect): boolean => effect === 'boots' || effect === 'enters';

/** What a step is about, as its fields say it. */
export type About = 'box' | 'boxes' | 'exec' | 'attach' | 'nothing';

/** Sections of docs/contract.md that a failure is judged by; `rest` where they are others than on the command line. */
interface ContractSections {
  readonly cli: readonly string[];
  readonly rest?: readonly string[];
}

/** Another step of the same program, and what it does. */
interface Other {
  readonly step: Refers;
  readonly effect: Effect;
}

/** Corners of the language that a uniform mix hardly reaches; search/generate/themes.ts says how each is drawn. */
export type ThemeName =
  | 'streams'
  | 'conversation'
  | 'executions'
  | 'outputs'
  | 'memory'
  | 'main session'
  | 'files'
  | 'volumes'
  | 'ends'
  | 'options'
  | 'refusals'
  | 'recovery'
  | 'lifecycle'
  | 'usage'
  | 'copies'
  | 'snapshots'
  | 'ports'
  | 'network';

/** What a verb says of itself beside how it is drawn, predicted and done; `S` is its step. */
export interface Facts<S> {
  readonly effect: Effect;
  /** How likely it is drawn beside the others. */
  readonly weight: number;
  readonly contract: ContractSections;
  /** What the handle in `as` stands for. */
  readonly makes?: HandleKind;
  /** It runs a command to its end and tells of that end. */
  readonly toTheEnd?: true;
  /** How much there is to refuse about it, and how much that matters; absent: 1. */
  readonly refusals?: number;
  /** Verbs of which a subset of the language needs one for this one to be worth anything, the first if none is there. */
  readonly needs?: readonly string[];
  /** Seconds for which a script looks again; emulated machines are slow. Absent: it looks once. */
  readonly waitS?: number;
  /** How much oftener than another candidate this one is drawn, a whole number; absent: all alike. */
  likely?(step: S, world: World): number;
  /** The corners of the language that it belongs to, each with its weight there. */
  readonly themes?: Readonly<Partial<Record<ThemeName, number>>>;
  /** Factor of its weight in a world; absent: 1. */
  urge?(world: World): number;
  /** Whether it would show what an earlier step has done and nothing has shown yet. */
  owed?(world: World): boolean;
  /** The argument that tells most of what kind of step it is; absent: none does. */
  detail?(step: S): string;
  /** The one step that does what this one and a later one of the same box do. */
  merge?(step: S, later: Other): Refers | null;
  /** The same in a box that is made for it alone, as `maker` made this one. */
  alone?(step: S, maker: Refers): Refers | null;
}

/** What a step with these fields is about. */
export function aboutOf(shape: z.core.$ZodLooseShape): About {
  if ('attach' in shape) return 'attach';
  if ('exec' in shape) return 'exec';
  const on = shape.on as z.core.$ZodType | undefined;
  if (!on) return 'nothing';
  return on._zod.def.type === 'array' ? 'boxes' : 'box';
}

/** The surfaces that a step with these fields has to choose from; none where it has no choice. */
export const surfacesOf = ({ via }: { via?: unknown }): readonly Surface[] => {
  const { options, unwrap } = (via ?? {}) as { options?: readonly Surface[]; unwrap?(): unknown };
  return options ?? (unwrap ? surfacesOf({ via: unwrap() }) : []);
};

/** Whether a step with these fields may name none. */
export const isUnsaid = ({ via }: { via?: unknown }): boolean =>
  via === undefined || (via as z.ZodType).safeParse(undefined).success;

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
  /** A step may name no surface: it is a route of REST then, or no surface's. */
  readonly unsaid: boolean;
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
