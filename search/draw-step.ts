import type { Random } from 'fast-check';
import type { DrawContext } from '../commands/verb.ts';
import type { Op, Step } from '../program/step.ts';
import { advance, type Belief } from './belief.ts';
import { chance, pickWeighted } from './chance.ts';
import { withFreshHandle } from './handles.ts';
import { potential } from './potential.ts';
import type { Rules } from './rules.ts';

/** A drawn step and the worlds after it. */
export interface Drawn {
  readonly step: Step;
  readonly belief: Belief;
}

/** What one step is drawn from. */
export interface Draw {
  readonly rules: Rules;
  readonly context: DrawContext;
  readonly steps: readonly Step[];
  readonly belief: Belief;
  readonly biasFactor: number | undefined;
  /** Chance that the most promising of several draws of the verb is taken. */
  readonly ambition: number;
}

/** Draws of one verb: before it is given up, or to choose from. */
const TRIES = 4;

/**
 * One step of one of the given verbs, chosen by weight; null when none of them has a step that is predictable
 * in every world the program may be in.
 */
export function drawStep(random: Random, draw: Draw, weights: ReadonlyMap<Op, number>): Drawn | null {
  const left = new Map(weights);
  for (;;) {
    const op = pickWeighted(random, [...left]);
    if (!op) return null;
    const drawn = drawOf(random, draw, op);
    if (drawn) return drawn;
    left.delete(op);
  }
}

function drawOf(random: Random, draw: Draw, op: Op): Drawn | null {
  const arbitrary = draw.rules.verbs[op]?.draw(draw.belief[0], draw.context);
  if (!arbitrary) return null;
  const ambitious = !draw.context.illegal && chance(random, draw.ambition);
  let best: Drawn | null = null;
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const step = withFreshHandle(draw.steps, arbitrary.generate(random, draw.biasFactor).value);
    const belief = advance(draw.rules, draw.belief, step, 'every');
    if (!belief) continue;
    if (!ambitious) return { step, belief };
    if (!best || potential(belief[0]) > potential(best.belief[0])) best = { step, belief };
  }
  return best;
}
