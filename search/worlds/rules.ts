import { situationOf } from '../../commands/index.ts';
import type { Verb } from '../../commands/verb.ts';
import type { Prediction } from '../../model/outcome.ts';
import type { Profile } from '../../model/profile.ts';
import type { World } from '../../model/world.ts';
import type { Op, Step } from '../../program/step.ts';

/** Verbs by operation; one that is missing is neither drawn nor predicted. */
export type Verbs = Readonly<Partial<Record<Op, Verb<Step>>>>;

/** Everything search has to know of the contract. Pure. */
export interface Rules {
  readonly verbs: Verbs;
  readonly profile: Profile;
  /** Condition of what the step is about, such as `job/running`; the same text as in a history's events. */
  readonly situation: (world: World, step: Step) => string;
  /** Worlds after a step where known divergences may show, the usual one first; absent: the contract alone counts. */
  readonly divergenceOutcomes?: (world: World, step: Step, prediction: Prediction) => readonly World[];
}

/** What the contract says of a step in a world; null where it says nothing. */
export function predict(rules: Rules, world: World, step: Step): Prediction | null {
  return rules.verbs[step.op]?.predict(world, step, rules.profile) ?? null;
}

/** Rules of the contract as the model knows it. */
export function rulesOf(
  verbs: Verbs,
  profile: Profile,
  divergenceOutcomes?: Rules['divergenceOutcomes'],
): Rules {
  return { verbs, profile, situation: situationOf, ...(divergenceOutcomes && { divergenceOutcomes }) };
}
