import type * as fc from 'fast-check';
import { z } from 'zod';
import type { Prediction } from '../model/outcome.ts';
import type { Profile } from '../model/profile.ts';
import type { Refers } from '../model/refers.ts';
import { meansUnclear } from '../model/unclear.ts';
import type { World } from '../model/world.ts';
import { balanced, type Case } from './balance.ts';
import type { Call } from './calls.ts';
import { aboutOf, type Facts, surfacesOf } from './facts.ts';
import { nameless } from './values.ts';
import type { DrawContext, StepSchema, StepWith, Verb } from './verb.ts';

interface Definition<Op extends string, Shape extends z.core.$ZodLooseShape, S> extends Facts<S> {
  op: Op;
  /** The step's fields beside `op`. */
  shape: Shape;
  /** Concrete steps worth trying here, refused ones among them. Small: every one is predicted. */
  candidates(world: World, context: DrawContext): S[];
  /** Details that do not change whether the step is refused. */
  vary?(step: S, world: World): fc.Arbitrary<S>;
  predict(world: World, step: S, profile: Profile): Prediction | null;
  situation(world: World, step: S): string;
  calls(step: S): Call[];
  shrink?(step: S): Iterable<S>;
}

/** Whether the usual answer refuses the step, or a part of it. */
export const isRefusal = (prediction: Prediction): boolean => {
  const { expect } = prediction.outcomes[0];
  return expect.is === 'refused' || (expect.is === 'batch' && expect.each.some(({ ok }) => !ok));
};

/** What drawing reads of any step: every schema with such fields gives them these types, which generics cannot tell. */
const read = (step: unknown) => step as Refers;

type Judged<S> = Pick<Verb<S>, 'candidates' | 'likely' | 'predict' | 'situation'>;

/** The empty text, which names no box: there is one of it, and much that may be made of it. */
const NAMELESS = 3;

/** The candidates that are wanted, each with the refusal it usually gets and what kind of step it is. */
function casesOf<S>(verb: Judged<S>, world: World, context: DrawContext): Case<S>[] {
  return verb.candidates(world, context).flatMap((step) => {
    const prediction = verb.predict(world, step, context.profile);
    if (prediction === null || isRefusal(prediction) !== context.illegal) return [];
    const { label, expect } = prediction.outcomes[0];
    const { main, work, on } = read(step);
    const weight = (verb.likely?.(step, world) ?? 1) * (String(on) === nameless ? NAMELESS : 1);
    if (expect.is === 'batch')
      return [{ step, weight, refusal: context.illegal ? 'batch' : '', kind: 'batch' }];
    const asked = (main ?? work)?.do;
    if (asked && context.works && !context.illegal && !context.works.has(asked)) return [];
    const kind = `${label} ${verb.situation(world, step)} ${work?.do ?? ''}`;
    return [{ step, weight, refusal: context.illegal ? label : '', kind }];
  });
}

/** A verb from its parts: candidates are filtered by the model, so a drawn step is never skipped. */
export function defineVerb<Op extends string, Shape extends z.core.$ZodLooseShape>(
  definition: Definition<Op, Shape, StepWith<Op, Shape>>,
): Verb<StepWith<Op, Shape>> & { readonly schema: StepSchema<Op, Shape> } {
  const { op, shape, shrink = () => [], vary, candidates, situation, ...facts } = definition;
  const judged: Judged<StepWith<Op, Shape>> = {
    candidates,
    situation,
    ...(facts.likely && { likely: facts.likely }),
    predict: (world, step, profile) =>
      meansUnclear(world, read(step)) ? null : definition.predict(world, step, profile),
  };
  return {
    op,
    schema: z.strictObject({ op: z.literal(op), ...shape }),
    about: aboutOf(shape),
    surfaces: surfacesOf(shape),
    ...facts,
    ...judged,
    shrink,
    draw: (world, context) => {
      const chosen = balanced(casesOf(judged, world, context));
      if (chosen === null) return null;
      return vary ? chosen.chain((step) => vary(step, world)) : chosen;
    },
  };
}
