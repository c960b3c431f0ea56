import { predict, situationOf } from '../commands/index.ts';
import { firstPossibles, type Possibles } from '../model/possible.ts';
import type { Profile } from '../model/profile.ts';
import type { Event, History } from '../program/history.ts';
import type { Step } from '../program/step.ts';
import type { Target } from '../runtime/ports/target.ts';
import { applicable, type KnownDivergence, type StepInWorld } from '../verdict/known.ts';
import type { StepInWorlds } from './advance.ts';
import type { StepContext } from './perform/step-context.ts';

/** Hears of each step as soon as it is answered and judged. */
export type OnEvent = (event: Event, history: History) => void;

/** Everything the steps of one program share. */
export interface ProgramRun {
  readonly target: Target;
  readonly profile: Profile;
  readonly known: readonly KnownDivergence[];
  readonly stepContext: StepContext;
  readonly history: History;
  readonly beganMs: number;
  readonly onEvent?: OnEvent;
  /** The machine's own words in an answer that did not fit: what the program shows after that is not the runtime's. */
  machineSaid?: string;
}

/** What is known of the runtime: every world that all answers so far allow. It moves on with each step. */
export interface ModelState {
  worlds: Possibles;
}

/** Before the first step. */
export const newModelState = (): ModelState => ({ worlds: firstPossibles });

/** A step in each of the worlds it may be taken in. */
export function inWorlds(run: ProgramRun, { worlds }: ModelState, step: Step): StepInWorlds {
  const { profile, known, target, history } = run;
  const at = history.events.length;
  const inWorld = (possible: Possibles[number]): StepInWorld => {
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
  return [inWorld(first), ...others.map(inWorld)];
}

/** Whether any world has something to say of a step. */
export const canJudge = (run: ProgramRun, { worlds }: ModelState, step: Step): boolean =>
  worlds.some(({ world }) => predict(world, step, run.profile) !== null);
