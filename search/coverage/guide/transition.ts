import type { Random } from 'fast-check';
import type { World } from '../../../model/world.ts';
import type { Step, Surface } from '../../../program/step.ts';
import type { Draw, Drawn } from '../../generate/draw-step.ts';
import { withFreshHandle } from '../../generate/handles.ts';
import { type PossibleWorlds, worldsAfter } from '../../worlds/possible-worlds.ts';
import { predict, type Rules } from '../../worlds/rules.ts';
import { goalsOf, goalText, keyText } from './goal.ts';
import type { Guide, Novelty } from './guide.ts';
import { partOf, type Side, shapeOf } from './part.ts';
import { renamed, type Standing, standingsIn } from './standings.ts';
import type { Transition } from './state-graph.ts';
import { boxOf } from './steps.ts';
import { discounts, worthOf } from './worth.ts';

/** A transition of one of the states that a program is in. */
export interface Choice {
  readonly standing: Standing;
  readonly transition: Transition;
  readonly score: number;
}

/** What a goal counts when it can be taken at once; the same later on the way counts 1. */
const AT_ONCE = 1.5;

/**
 * Gives the best transitions of all states that a program is in, the best first. Null where beginning anew is worth
 * more, because there is no room for another box.
 */
export function bestTransitions(
  guide: Guide,
  { values }: Novelty,
  worlds: PossibleWorlds,
  maxBoxes: number,
  howMany: number,
  impossible: ReadonlySet<Transition> = new Set(),
): Choice[] | null {
  const living = Object.values(worlds[0].boxes).filter(({ status }) => status !== 'removed').length;
  const full = living >= maxBoxes;
  const roomy = worthOf(guide.plan, values);
  const worth = full ? worthOf(guide.fullPlan, values) : roomy;
  const standings = standingsIn(guide.graph, worlds);
  const choices = standings.flatMap((standing): Choice[] => {
    const others = standings.filter(({ box }) => box !== standing.box);
    const bestElsewhere = (worths: Float64Array): number =>
      Math.max(0, ...others.map(({ number }) => worths[number] as number));
    const elsewhere = bestElsewhere(worth);
    const withRoom = bestElsewhere(roomy);
    return standing.state.transitions.flatMap((transition) => {
      if ((full && transition.creates) || impossible.has(transition)) return [];
      const { goal, to, boots, removes, creates } = transition;
      const gain = values[goal] as number;
      const stays = to === standing.number;
      const there = stays ? 0 : (worth[to] as number);
      // Who creates a box can create another one, now or in the next program.
      const kept = stays || creates ? Math.max(0, (worth[standing.number] as number) - gain) : 0;
      const after = Math.max(removes ? withRoom : elsewhere, there, kept);
      return [{ standing, transition, score: (discounts[boots] as number) * (AT_ONCE * gain + after) }];
    });
  });
  choices.sort((a, b) => b.score - a.score);
  const afresh = full ? (roomy[0] as number) : 0;
  return (choices[0]?.score ?? 0) >= afresh ? choices.slice(0, howMany) : null;
}

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
  const surfaces: ReadonlySet<Surface> = 'via' in own && own.via ? new Set([own.via]) : context.surfaces;
  const arbitrary = rules.verbs[own.op]?.draw(world, { ...context, surfaces, illegal: transition.refused });
  const wanted = effectOf(rules, world, own, standing.box);
  // Where it leads elsewhere than in the state graph, it would only be tried again and again.
  if (wanted === null || isRefused(rules, world, own) !== transition.refused) return null;
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

const isRefused = (rules: Rules, world: World, step: Step): boolean =>
  predict(rules, world, step)?.outcomes[0].label.startsWith('refused:') ?? false;

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
