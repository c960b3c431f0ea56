import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isRefusal } from '../../commands/define.ts';
import { verbs } from '../../commands/index.ts';
import type { DrawContext } from '../../commands/verb.ts';
import { surfaceSchema } from '../../domain/surface.ts';
import { newestProfile } from '../../model/profile.ts';
import type { World } from '../../model/world.ts';
import { canonical } from '../../program/canonical.ts';
import { type Op, type Step, stepSchema } from '../../program/step.ts';
import { walks } from '../model/fixtures/walks.ts';

const ops = stepSchema.options.map((option) => option.shape.op.value as Op);
const context = (illegal: boolean): DrawContext => ({
  surfaces: new Set(surfaceSchema.options),
  profile: newestProfile,
  illegal,
  maxBoxes: 3,
});

/** Worlds as programs meet them, the empty one among them. */
const worlds: World[] = fc
  .sample(walks(), { numRuns: 60, seed: 3 })
  .flatMap((stages) => stages.map(({ world }) => world).filter((_, i) => i % 5 === 0));

/** Steps of one verb drawn in all these worlds. */
const drawn = (op: Op, illegal: boolean): { world: World; step: Step }[] =>
  worlds.flatMap((world) => {
    const arbitrary = verbs[op].draw(world, context(illegal));
    const steps = arbitrary ? fc.sample(arbitrary, { numRuns: 2, seed: 5 }) : [];
    return steps.map((step) => ({ world, step }));
  });

const DESCENTS = 5;
const LONGEST = 100;

/** Whether steps that shrink to each other, one of several chosen each time, never come back and come to an end. */
function comesToAnEnd(step: Step): boolean {
  return Array.from({ length: DESCENTS }, (_, turn) => turn).every((turn) => {
    const seen = new Set<string>();
    for (let next: Step | undefined = step; next; ) {
      if (seen.has(canonical(next)) || seen.size > LONGEST) return false;
      seen.add(canonical(next));
      const simpler: Step[] = [...verbs[next.op].shrink(next)];
      next = simpler[(turn * 7 + seen.size) % simpler.length];
    }
    return true;
  });
}

it('has a verb for every operation of the language, and no other', () => {
  expect(Object.keys(verbs).sort()).toEqual([...ops].sort());
  for (const op of ops) expect(verbs[op].op).toBe(op);
});

describe.each(ops)('%s', (op) => {
  it('draws steps of the language that are refused exactly when that is wanted', () => {
    for (const illegal of [false, true])
      for (const { world, step } of drawn(op, illegal)) {
        expect(stepSchema.parse(step)).toEqual(step);
        const prediction = verbs[op].predict(world, step, newestProfile);
        expect(prediction, JSON.stringify(step)).not.toBeNull();
        expect(prediction && isRefusal(prediction), JSON.stringify(step)).toBe(illegal);
      }
  });

  it('is drawn somewhere', () => {
    expect(drawn(op, false).length + drawn(op, true).length).toBeGreaterThan(0);
  });

  it('shrinks to other steps of the language, and comes to an end', () => {
    const steps = new Map(
      [...drawn(op, false), ...drawn(op, true)].map(({ step }) => [canonical(step), step]),
    );
    for (const step of steps.values()) {
      for (const simpler of verbs[op].shrink(step)) {
        expect(stepSchema.parse(simpler)).toEqual(simpler);
        expect(simpler).not.toEqual(step);
        expect(simpler.op).toBe(op);
      }
      expect(comesToAnEnd(step), JSON.stringify(step)).toBe(true);
    }
  });

  it('draws no surface but those of the run', () => {
    const only = { ...context(false), surfaces: new Set(['cli'] as const) };
    for (const world of worlds.slice(0, 40)) {
      const arbitrary = verbs[op].draw(world, only);
      for (const step of arbitrary ? fc.sample(arbitrary, { numRuns: 2, seed: 5 }) : [])
        expect('via' in step ? step.via : 'cli').toBe('cli');
    }
  });
});
