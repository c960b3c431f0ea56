import * as fc from 'fast-check';
import { z } from 'zod';
import type { Prediction } from '../model/outcome.ts';
import { counting } from '../model/predict/counts.ts';
import type { Profile } from '../model/profile.ts';
import type { Refers } from '../model/refers.ts';
import { ofAttach, ofBox, ofBoxes, ofExec, ofNothing } from '../model/situation.ts';
import { isOfOtherHome, meansUnclear } from '../model/unclear.ts';
import { nextHandle, type World } from '../model/world.ts';
import { balanced, type Case } from './balance.ts';
import type { Call } from './calls.ts';
import { type Subject, spellings, subjectsOf } from './pick.ts';
import { nameless } from './values.ts';
import {
  type About,
  aboutOf,
  type DrawContext,
  type Facts,
  isUnsaid,
  type StepSchema,
  type StepWith,
  surfacesOf,
  type Verb,
} from './verb.ts';

interface Definition<Op extends string, Shape extends z.core.$ZodLooseShape, S> extends Facts<S> {
  op: Op;
  /** The step's fields beside `op`. */
  shape: Shape;
  /** Arguments worth trying for one subject, refused ones among them; absent: none. Few: every step is predicted. */
  forms?(subject: Subject, world: World): readonly Omit<S, 'op' | 'as' | keyof Subject>[];
  /** Instead of `forms`: concrete steps worth trying here. */
  candidates?(world: World, context: DrawContext): S[];
  /** Details, beside spellings, that do not change whether the step is refused. */
  vary?(step: S, world: World): fc.Arbitrary<S>;
  predict(world: World, step: S, profile: Profile): Prediction | null;
  /** Absent: the condition of the step's subject. */
  situation?(world: World, step: S): string;
  calls(step: S): Call[];
  /** Simpler arguments; spellings and targets are lost by search/shrink, whatever the verb. */
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
    if (asked === 'reach' && !context.profile.ownMachine) return [];
    if (asked && context.works && !context.illegal && !context.works.has(asked)) return [];
    const kind = `${label} ${verb.situation(world, step)} ${work?.do ?? ''}`;
    return [{ step, weight, refusal: context.illegal ? label : '', kind }];
  });
}

/** The conditions of what steps are about. */
const situations: Record<About, (world: World, step: never) => string> = {
  box: ofBox,
  boxes: ofBoxes,
  exec: ofExec,
  attach: ofAttach,
  nothing: ofNothing,
};

/** A verb from its parts: candidates are filtered by the model, so a drawn step is never skipped. */
export function defineVerb<Op extends string, Shape extends z.core.$ZodLooseShape>(
  definition: Definition<Op, Shape, StepWith<Op, Shape>>,
): Verb<StepWith<Op, Shape>> & { readonly schema: StepSchema<Op, Shape> } {
  type S = StepWith<Op, Shape>;
  const { op, shape, shrink, vary, forms, ...facts } = definition;
  const about = aboutOf(shape);
  const surfaces = surfacesOf(shape);
  const formsOf = (world: World, context: DrawContext): S[] => {
    const as = facts.makes ? { as: nextHandle(world, facts.makes) } : {};
    return subjectsOf(about, surfaces, world, context).flatMap((subject) =>
      (forms?.(subject as Subject, world) ?? [{}]).map((form) => ({ op, ...subject, ...as, ...form }) as S),
    );
  };
  const judged: Judged<S> = {
    candidates: definition.candidates ?? formsOf,
    situation: definition.situation ?? (situations[about] as Verb<S>['situation']),
    ...(facts.likely && { likely: facts.likely }),
    predict: (world, step, profile) => {
      const isUntold = meansUnclear(world, read(step)) || isOfOtherHome(world, read(step));
      const told = isUntold ? null : definition.predict(world, step, profile);
      return told && counting(world, read(step), facts.effect, told);
    },
  };
  const spelled = (step: S, world: World): fc.Arbitrary<S> => {
    const ways = spellings(read(step).on ?? '?', world);
    if (ways.length === 1) return fc.constant(step);
    return fc.constantFrom(...ways).map((by) => (by ? { ...step, by } : step));
  };
  const spells = 'by' in shape && 'on' in shape;
  const varied = (step: S, world: World): fc.Arbitrary<S> => {
    if (!spells) return vary?.(step, world) ?? fc.constant(step);
    return vary ? spelled(step, world).chain((each) => vary(each, world)) : spelled(step, world);
  };
  return {
    schema: z.strictObject({ op: z.literal(op), ...shape }),
    ...facts,
    ...judged,
    op,
    about,
    surfaces,
    unsaid: isUnsaid(shape),
    draw: (world, context) => {
      const chosen = balanced(casesOf(judged, world, context));
      return chosen && (spells || vary) ? chosen.chain((step) => varied(step, world)) : chosen;
    },
    *shrink(step) {
      yield* shrink?.(step) ?? [];
      // Of the surfaces of the server's home the one that is cheapest to read and run.
      if (read(step).via === 'url' && surfaces.includes('rest')) yield { ...step, via: 'rest' };
    },
  };
}
