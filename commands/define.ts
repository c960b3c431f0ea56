import * as fc from 'fast-check';
import type { Prediction } from '../model/outcome.ts';
import { predict } from '../model/predict/index.ts';
import type { World } from '../model/world.ts';
import type { Seen } from '../program/seen.ts';
import type { Op, Step, StepOf } from '../program/step.ts';
import type { Hands } from './hands.ts';
import type { DrawContext, Verb } from './verb.ts';

interface Definition<O extends Op> {
  op: O;
  /** Concrete steps worth trying here, refused ones among them. Small: every one is predicted. */
  candidates(world: World, context: DrawContext): StepOf<O>[];
  /** Details that do not change whether the step is refused. */
  vary?(step: StepOf<O>, world: World): fc.Arbitrary<StepOf<O>>;
  perform(step: StepOf<O>, hands: Hands, deadlineMs: number): Promise<Seen>;
  shrink?(step: StepOf<O>): Iterable<StepOf<O>>;
}

/** Whether the usual answer refuses the step, or a part of it. */
export const isRefusal = (prediction: Prediction): boolean => {
  const { expect } = prediction.outcomes[0];
  return expect.is === 'refused' || (expect.is === 'batch' && expect.each.some(({ ok }) => !ok));
};

const fits = (world: World, step: Step, context: DrawContext): boolean => {
  const prediction = predict(world, step, context.profile);
  return prediction !== null && isRefusal(prediction) === context.illegal;
};

/** A verb from its parts: candidates are filtered by the model, so a drawn step is never skipped. */
export function defineVerb<O extends Op>(definition: Definition<O>): Verb<O> {
  const { op, candidates, vary, perform } = definition;
  return {
    op,
    perform,
    predict,
    shrink: definition.shrink ?? (() => []),
    draw: (world, context) => {
      const steps = candidates(world, context).filter((step) => fits(world, step, context));
      if (steps.length === 0) return null;
      const chosen = fc.constantFrom(...steps);
      return vary ? chosen.chain((step) => vary(step, world)) : chosen;
    },
  };
}
