import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { emptyWorld, type World } from '../../../model/world.ts';
import { type Program, programSchema } from '../../../program/program.ts';
import { ProgramArbitrary } from '../../../search/generate/program-arbitrary.ts';
import { defaultSettings } from '../../../search/generate/settings.ts';
import { isClosed, renumber } from '../../../search/shrink/refs.ts';
import { predict } from '../../../search/worlds/rules.ts';
import { allSurfaces, toyRules } from '../fixtures/toy-verbs.ts';

const programs = () => new ProgramArbitrary(toyRules, { surfaces: allSurfaces });
const sample = (seed: number, numRuns = 50): Program[] => fc.sample(programs(), { seed, numRuns });

/** A path through the outcomes, chosen by the given numbers. */
function follow(program: Program, choices: readonly number[]): number {
  let world: World = emptyWorld;
  for (const [i, step] of program.steps.entries()) {
    const prediction = predict(toyRules, world, step);
    if (!prediction) return i;
    const { outcomes } = prediction;
    world = (outcomes[(choices[i % choices.length] ?? 0) % outcomes.length] ?? outcomes[0]).next;
  }
  return program.steps.length;
}

describe('ProgramArbitrary', () => {
  it('draws programs whose every step is predictable, whichever outcomes come', () => {
    fc.assert(
      fc.property(programs(), fc.array(fc.nat(3), { minLength: 1, maxLength: 30 }), (program, choices) => {
        expect(follow(program, choices)).toBe(program.steps.length);
      }),
      { numRuns: 200 },
    );
  });

  it('draws the same programs for the same seed, and others for another', () => {
    expect(sample(7)).toEqual(sample(7));
    expect(sample(7)).not.toEqual(sample(8));
  });

  it('draws plain data in the file format, with closed and canonical handles', () => {
    for (const program of sample(3, 200)) {
      expect(JSON.parse(JSON.stringify(program))).toEqual(program);
      expect(programSchema.parse(program)).toEqual(program);
      expect(isClosed(program.steps)).toBe(true);
      expect(renumber(program.steps)).toEqual(program.steps);
    }
  });

  it('keeps to its limits and mixes in refusals', () => {
    const drawn = sample(5, 300);
    const longest = Math.max(...drawn.map((program) => program.steps.length));
    expect(longest).toBeLessThanOrEqual(defaultSettings.maxSteps);
    expect(longest).toBeGreaterThan(18);
    const steps = drawn.flatMap((program) => program.steps);
    const boots = steps.filter((step) => step.op === 'run' || step.op === 'start').length;
    expect(steps.length / boots).toBeGreaterThan(3);
    const bogus = steps.filter((step) => JSON.stringify(step).includes('"?no')).length;
    expect(bogus / steps.length).toBeGreaterThan(0.1);
    expect(bogus / steps.length).toBeLessThan(0.4);
  });

  it('refuses to draw for a target without any surface', () => {
    expect(() => new ProgramArbitrary(toyRules, { surfaces: new Set() })).toThrow(
      /no surface.*cli, url or rest/u,
    );
  });

  it('says which values it can shrink without context', () => {
    const [program] = sample(2, 1);
    expect(programs().canShrinkWithoutContext(program)).toBe(true);
    expect(programs().canShrinkWithoutContext({ steps: [] })).toBe(false);
    const dangling = { format: 1, contract: '0.10.7', steps: [{ op: 'wait', exec: 'exec1' }] };
    expect(programs().canShrinkWithoutContext(dangling)).toBe(false);
  });
});
