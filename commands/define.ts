import type * as fc from 'fast-check';
import type { Observation } from '../domain/observation.ts';
import type { Prediction } from '../model/outcome.ts';
import { predict } from '../model/predict/index.ts';
import { situationOf } from '../model/situation.ts';
import type { World } from '../model/world.ts';
import type { Op, Step, StepOf } from '../program/step.ts';
import { balanced, type Case } from './balance.ts';
import type { StepContext } from './step-context.ts';
import type { DrawContext, Verb } from './verb.ts';

interface Definition<O extends Op> {
  op: O;
  /** Concrete steps worth trying here, refused ones among them. Small: every one is predicted. */
  candidates(world: World, context: DrawContext): StepOf<O>[];
  /** Details that do not change whether the step is refused. */
  vary?(step: StepOf<O>, world: World): fc.Arbitrary<StepOf<O>>;
  perform(step: StepOf<O>, stepContext: StepContext, deadlineMs: number): Promise<Observation>;
  shrink?(step: StepOf<O>): Iterable<StepOf<O>>;
}

/** Whether the usual answer refuses the step, or a part of it. */
export const isRefusal = (prediction: Prediction): boolean => {
  const { expect } = prediction.outcomes[0];
  return expect.is === 'refused' || (expect.is === 'batch' && expect.each.some(({ ok }) => !ok));
};

/** The candidates that are wanted, each with the refusal it usually gets and what kind of step it is. */
function casesOf<S extends Step>(world: World, context: DrawContext, steps: readonly S[]): Case<S>[] {
  return steps.flatMap((step) => {
    const prediction = predict(world, step, context.profile);
    if (prediction === null || isRefusal(prediction) !== context.illegal) return [];
    const { label, expect } = prediction.outcomes[0];
    if (expect.is === 'batch') return [{ step, refusal: context.illegal ? 'batch' : '', kind: 'batch' }];
    const work = 'work' in step ? step.work.do : '';
    const asked = 'main' in step ? step.main?.do : work;
    if (asked && context.works && !context.illegal && !context.works.has(asked)) return [];
    const kind = `${label} ${situationOf(world, step)} ${work}`;
    return [{ step, refusal: context.illegal ? label : '', kind }];
  });
}

/** A verb from its parts: candidates are filtered by the model, so a drawn step is never skipped. */
export function defineVerb<O extends Op>(definition: Definition<O>): Verb<O> {
  const { op, candidates, vary, perform } = definition;
  return {
    op,
    candidates,
    perform,
    predict,
    shrink: definition.shrink ?? (() => []),
    draw: (world, context) => {
      const chosen = balanced(casesOf(world, context, candidates(world, context)));
      if (chosen === null) return null;
      return vary ? chosen.chain((step) => vary(step, world)) : chosen;
    },
  };
}
