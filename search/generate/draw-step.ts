import type { Random } from 'fast-check';
import type { DrawContext } from '../../commands/verb.ts';
import type { World } from '../../model/world.ts';
import type { Op, Step } from '../../program/step.ts';
import { type PossibleWorlds, worldsAfter } from '../worlds/possible-worlds.ts';
import { predict, type Rules } from '../worlds/rules.ts';
import { chance, pickWeighted } from './chance.ts';
import { withFreshHandle } from './handles.ts';
import { kindOf } from './step-kind.ts';
import { refusable } from './weights.ts';

/** A drawn step and the worlds after it. */
export interface Drawn {
  readonly step: Step;
  readonly worlds: PossibleWorlds;
}

/** What one step is drawn from. */
export interface Draw {
  readonly rules: Rules;
  readonly context: DrawContext;
  readonly steps: readonly Step[];
  /** The kinds of these steps. */
  readonly had: ReadonlySet<string>;
  readonly worlds: PossibleWorlds;
  readonly biasFactor: number | undefined;
  /** Chance that the most promising of several draws of the verb is taken. */
  readonly ambition: number;
}

/** Draws of one verb: before it is given up, or to choose from. */
const TRIES = 4;

/** How often another verb is tried instead of a kind of step that the program has had; refusals tell it all at once. */
const putBack = { done: 0.75, refused: 0.9 };

/** A candidate for the next step; `again` when the program has had its kind. */
interface Tried extends Drawn {
  readonly again: boolean;
}

/**
 * One step of one of the given verbs, chosen by weight, rather one of a kind that the program has not had; null
 * when none of them has a step that is predictable in every world the program may be in.
 */
export function drawStep(random: Random, draw: Draw, weights: ReadonlyMap<Op, number>): Drawn | null {
  const left = new Map(draw.context.illegal ? refusable(weights) : weights);
  let spare: Drawn | null = null;
  for (;;) {
    const op = pickWeighted(random, [...left]);
    if (!op) return spare;
    const drawn = drawOf(random, draw, op);
    if (drawn && !(drawn.again && chance(random, draw.context.illegal ? putBack.refused : putBack.done)))
      return { step: drawn.step, worlds: drawn.worlds };
    spare ??= drawn;
    left.delete(op);
  }
}

function drawOf(random: Random, draw: Draw, op: Op): Tried | null {
  const arbitrary = draw.rules.verbs[op]?.draw(draw.worlds[0], draw.context);
  if (!arbitrary) return null;
  const ambitious = !draw.context.illegal && chance(random, draw.ambition);
  let best: Tried | null = null;
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const step = withFreshHandle(draw.steps, arbitrary.generate(random, draw.biasFactor).value);
    const [world] = draw.worlds;
    const prediction = predict(draw.rules, world, step);
    const worlds = prediction && worldsAfter(draw.rules, draw.worlds, step, 'every', prediction);
    if (!worlds) continue;
    const again = draw.had.has(kindOf(world, step, prediction.outcomes[0]));
    if (!ambitious && !again) return { step, worlds, again };
    if (!best || (ambitious && isBetter({ step, worlds, again }, best))) best = { step, worlds, again };
  }
  return best;
}

function isBetter(one: Tried, other: Tried): boolean {
  const gain = potential(one.worlds[0]) - potential(other.worlds[0]);
  return gain > 0 || (gain === 0 && other.again && !one.again);
}

/**
 * How much there is to do in a world: boxes that run, executions that can be attached to, attaches that carry
 * bytes. Rare states take several lucky steps in a row; drawing leans towards worlds with more of this.
 */
export function potential(world: World): number {
  const boxes = Object.values(world.boxes).filter((box) => up.has(box.status)).length;
  const running = Object.values(world.execs).filter((exec) => exec.status === 'running');
  const attached = running.filter((exec) => isOpen(world, exec.attachedBy)).length;
  return boxes + running.length + 2 * attached;
}

/** One whose command ends at once counts too: else hardly any program would see the end of a detached run. */
const up: ReadonlySet<string> = new Set(['running', 'ending']);

const isOpen = (world: World, attach: string | null): boolean =>
  attach !== null && world.attaches[attach]?.state === 'open';
