import type { Random } from 'fast-check';
import type { World } from '../../../model/world.ts';
import type { Step, Surface } from '../../../program/step.ts';
import type { Draw, Drawn } from '../../generate/draw-step.ts';
import { withFreshHandle } from '../../generate/handles.ts';
import { worldsAfter } from '../../worlds/possible-worlds.ts';
import { predict, type Rules } from '../../worlds/rules.ts';
import { keyText } from '../coverage-key.ts';
import type { Choice } from './choose.ts';
import { goalsOf, goalText } from './goal.ts';
import { partOf, type Side, shapeOf } from './part.ts';
import { renamed } from './standings.ts';
import { boxOf } from './steps.ts';

/** Draws of the verb before the state graph's own step is taken. */
const TRIES = 6;

/**
 * Draws the step of a transition as its verb draws it here: with arguments by chance, if these lead where the
 * transition leads, else as the state graph has it. Null when it does not fit into every world the program may be in.
 */
export function drawTransition(random: Random, draw: Draw, choice: Choice): Drawn | null {
  const { transition, standing } = choice;
  const { rules, worlds, biasFactor, context } = draw;
  const [world] = worlds;
  const own = withFreshHandle(draw.steps, renamed(transition.step, standing.state.world, standing.part));
  const surfaces: ReadonlySet<Surface> = 'via' in own ? new Set([own.via]) : context.surfaces;
  const arbitrary = rules.verbs[own.op]?.draw(world, { ...context, surfaces, illegal: transition.refused });
  const wanted = effectOf(rules, world, own, standing.box);
  if (wanted === null) return null;
  for (let tries = arbitrary ? 0 : TRIES; tries <= TRIES; tries++) {
    const step = withFreshHandle(
      draw.steps,
      tries < TRIES && arbitrary ? arbitrary.generate(random, biasFactor).value : own,
    );
    if (effectOf(rules, world, step, standing.box) !== wanted) continue;
    const next = worldsAfter(rules, worlds, step, 'every');
    if (next) return { step, worlds: next };
  }
  return null;
}

/** The goals of a step, what it is about and where it leads, as one text. */
function effectOf(rules: Rules, world: World, step: Step, box: string | null): string | null {
  const [outcome] = predict(rules, world, step)?.outcomes ?? [];
  if (!outcome) return null;
  const goals = goalsOf(keyText(step, rules.situation(world, step), outcome.label)).map(goalText);
  const about = box ?? ('as' in step ? step.as : null);
  const sides: Side[] = ['main', 'exec'];
  const shapes = sides.map((side) => {
    const part = about === null ? null : partOf(outcome.next, about, side);
    return part === null ? '' : shapeOf(part);
  });
  return [...goals, boxOf(world, step, outcome.next), ...shapes].join(' ; ');
}
