import { predict, situationOf } from '../commands/index.ts';
import { firstPossibles, type Possibles } from '../model/possible.ts';
import type { Profile } from '../model/profile.ts';
import type { History } from '../program/history.ts';
import type { Step } from '../program/step.ts';
import type { Target } from '../runtime/ports/target.ts';
import { applicable, type KnownDivergence } from '../verdict/known.ts';
import type { Standing, Standings } from './advance.ts';
import type { StepContext } from './perform/step-context.ts';

/** Everything the steps of one program share. */
export interface ProgramRun {
  readonly target: Target;
  readonly profile: Profile;
  readonly known: readonly KnownDivergence[];
  readonly stepContext: StepContext;
  readonly history: History;
  readonly beganMs: number;
}

/** What is known of the runtime: every world that all answers so far allow. It moves on with each step. */
export interface Model {
  worlds: Possibles;
}

/** Before the first step. */
export const newModel = (): Model => ({ worlds: firstPossibles });

/** A step in each of the worlds it may be taken in. */
export function standingsOf(run: ProgramRun, { worlds }: Model, step: Step): Standings {
  const { profile, known, target, history } = run;
  const at = history.events.length;
  const standing = (possible: Possibles[number]): Standing => {
    const { world } = possible;
    const situation = situationOf(world, step);
    const marks = applicable(known, { step, situation, world, identity: target.identity });
    const prediction = predict(world, step, profile);
    return {
      possible,
      step,
      at,
      prediction,
      situation,
      marks: marks.filter(({ seen }) => seen.is !== 'left'),
    };
  };
  const [first, ...others] = worlds;
  return [standing(first), ...others.map(standing)];
}

/** Whether any world has something to say of a step. */
export const canJudge = (run: ProgramRun, { worlds }: Model, step: Step): boolean =>
  worlds.some(({ world }) => predict(world, step, run.profile) !== null);
