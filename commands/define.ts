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

/**
 * Candidates by the case they usually come to. A case is drawn first and then one of its steps: among all
 * candidates alike, the many for boxes that nobody made would leave no room for any other refusal.
 */
function byCase<S extends Step>(world: World, context: DrawContext, steps: readonly S[]): S[][] {
  const cases = new Map<string, S[]>();
  for (const step of steps) {
    const prediction = predict(world, step, context.profile);
    if (prediction === null || isRefusal(prediction) !== context.illegal) continue;
    const { label, expect } = prediction.outcomes[0];
    const name = expect.is === 'batch' ? expect.is : label;
    const known = cases.get(name);
    if (known) known.push(step);
    else cases.set(name, [step]);
  }
  return [...cases.values()];
}

/** A verb from its parts: candidates are filtered by the model, so a drawn step is never skipped. */
export function defineVerb<O extends Op>(definition: Definition<O>): Verb<O> {
  const { op, candidates, vary, perform } = definition;
  return {
    op,
    perform,
    predict,
    shrink: definition.shrink ?? (() => []),
    draw: (world, context) => {
      const cases = byCase(world, context, candidates(world, context));
      if (cases.length === 0) return null;
      const chosen = fc.oneof(...cases.map((steps) => fc.constantFrom(...steps)));
      return vary ? chosen.chain((step) => vary(step, world)) : chosen;
    },
  };
}
