import type { Failure } from '../../program/failure.ts';
import type { Program } from '../../program/program.ts';
import type { Step } from '../../program/step.ts';
import { programSeed } from '../../search/generate/seed.ts';
import { restsOn } from '../../search/shrink/refs.ts';
import { sameSignature } from '../../verdict/signature.ts';
import { drawProgram } from '../harness/draw.ts';
import { play } from '../harness/simulated.ts';
import { type Element, elementOf, matcher } from './pattern.ts';

/** A program that fails at its last step, and needs for it exactly the steps of the pattern. */
export interface Planted {
  readonly program: Program;
  readonly pattern: readonly Element[];
  readonly failure: Failure;
}

const TRIES = 200;

/** Programs of exactly so many steps, as the search draws them, each with a failure that needs exactly so many. */
export function* plantedPrograms(steps: number, needed: number, seed: number): Generator<Planted, void> {
  const lengths = [
    { upTo: steps - 1, weight: 0 },
    { upTo: steps, weight: 1 },
  ];
  for (let index = 0; ; index++) {
    const program = drawProgram(seed, index, { maxSteps: steps, lengths });
    const planted = program.steps.length === steps ? plant(program, needed) : null;
    if (planted) yield planted;
  }
}

/**
 * Plants a failure at the last step of a program that needs exactly so many of its steps: with them alone it
 * fails at the same step in the same way, so their number is the true minimum. Null when chance finds none.
 */
function plant(program: Program, needed: number): Planted | null {
  const { steps, seed = 0 } = program;
  let drawn = 0;
  const chance: Chance = (limit) => (programSeed(seed, drawn++) >>> 0) % limit;
  const elements: Element[] = [];
  play(program, (step, outcome) => void elements.push(elementOf(step, outcome)));
  if (elements.length < steps.length) return null;
  for (let i = 0; i < TRIES; i++) {
    const chosen = choose(program, needed, chance);
    if (!chosen) continue;
    const pattern = chosen.map((index) => elements[index] as Element);
    const failure = failureOf(pattern, program);
    if (failure?.at !== steps.length - 1) continue;
    const alone = failureOf(pattern, { ...program, steps: chosen.map((index) => steps[index] as Step) });
    if (alone && sameSignature(alone, failure)) return { program, pattern, failure };
  }
  return null;
}

/** A whole number from 0 on, below the limit. */
type Chance = (limit: number) => number;

/** The last step, what it rests on, and others with what they rest on, until there are enough. */
function choose({ steps }: Program, needed: number, chance: Chance): number[] | null {
  const chosen = restsOn(steps, steps.length - 1);
  for (let tries = 0; chosen.size < needed && tries < 50; tries++) {
    const more = restsOn(steps, chance(steps.length));
    const all = new Set([...chosen, ...more]);
    if (all.size <= needed) for (const index of more) chosen.add(index);
  }
  return chosen.size === needed ? [...chosen].sort((a, b) => a - b) : null;
}

/**
 * Plays a program on the model, which fails at the step that completes the pattern; null when none does. The failure
 * looks like one a real runtime would give, so that its signature counts as it does for those.
 */
export function failureOf(pattern: readonly Element[], program: Program): Failure | null {
  const completes = matcher(pattern);
  let failure: Failure | null = null;
  play(program, (step, outcome, at, situation) => {
    if (!completes(elementOf(step, outcome))) return null;
    const allowed = [{ label: outcome.label, expect: outcome.expect }];
    const seen = { is: 'broken', how: '5xx', text: 'internal error: planted', status: 500 } as const;
    failure = { kind: 'unexpected', at, step, allowed, seen, differences: ['5xx'], situation };
    return 'stop';
  });
  return failure;
}
