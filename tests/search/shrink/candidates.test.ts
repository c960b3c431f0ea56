import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalSteps } from '../../../program/canonical.ts';
import { programSchema } from '../../../program/program.ts';
import { ProgramArbitrary } from '../../../search/generate/program-arbitrary.ts';
import { candidates } from '../../../search/shrink/candidates.ts';
import { freshContext, type ShrinkContext } from '../../../search/shrink/context.ts';
import { compareMeasures, measure } from '../../../search/shrink/measure.ts';
import { isClosed, renumber } from '../../../search/shrink/refs.ts';
import { trajectoryOf } from '../../../search/worlds/possible-worlds.ts';
import { allSurfaces, toyRules } from '../fixtures/toy-verbs.ts';

const programs = () => new ProgramArbitrary(toyRules, { surfaces: allSurfaces });

describe('shrink candidates', () => {
  it('are legal, canonical, new, and smaller in a measure that has an end', () => {
    fc.assert(
      fc.property(programs(), fc.array(fc.nat(6), { maxLength: 12 }), (program, picks) => {
        let steps = program.steps;
        let context: ShrinkContext = freshContext();
        const seen = new Set([canonicalSteps(steps)]);
        for (const pick of picks) {
          const found = candidates(toyRules, steps, null, context);
          let chosen: IteratorResult<{ steps: typeof steps; context: ShrinkContext }, void> = found.next();
          for (let i = 0; i < pick && !chosen.done; i++) chosen = found.next();
          if (chosen.done) break;
          const next = chosen.value;
          expect(isClosed(next.steps)).toBe(true);
          expect(trajectoryOf(toyRules, next.steps, 'some')).not.toBeNull();
          expect(renumber(next.steps)).toEqual(next.steps);
          expect(programSchema.parse({ ...program, steps: next.steps }).steps).toEqual(next.steps);
          expect(seen.has(canonicalSteps(next.steps))).toBe(false);
          const order = compareMeasures(measure(next.steps, null), measure(steps, null));
          expect(order < 0 || (order === 0 && next.context.fuel < context.fuel)).toBe(true);
          seen.add(canonicalSteps(next.steps));
          ({ steps, context } = next);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('end, whichever of them still fail', () => {
    fc.assert(
      fc.property(programs(), fc.array(fc.boolean(), { minLength: 1 }), (program, answers) => {
        const arbitrary = programs();
        let value = new fc.Value(program, undefined as unknown);
        let asked = 0;
        for (;;) {
          let smaller: fc.Value<typeof program> | null = null;
          for (const candidate of arbitrary.shrink(value.value, value.context)) {
            if (answers[asked++ % answers.length]) {
              smaller = candidate;
              break;
            }
          }
          if (!smaller) break;
          value = smaller;
          expect(asked).toBeLessThan(5000);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('leave nothing of a program that always fails but one simplest step', () => {
    const details = fc.check(
      fc.property(programs(), (program) => program.steps.length === 0),
      { seed: 4, numRuns: 1 },
    );
    const [smallest] = details.counterexample ?? [];
    expect(smallest?.steps).toHaveLength(1);
    expect(details.numShrinks).toBeLessThan(20);
  });

  it('are cut after the failing step once it is known', () => {
    const [program] = fc.sample(programs(), { seed: 21, numRuns: 1 });
    if (!program) throw new Error('nothing was drawn');
    const at = Math.floor(program.steps.length / 2);
    const step = program.steps[at];
    if (!step) throw new Error('too short');
    const situation = 'unknown to the model';
    const failure = { kind: 'oracle', oracle: 'broken-answer', at, step, detail: 'x', situation } as const;
    const found = [...candidates(toyRules, program.steps, failure, freshContext())];
    expect(found.length).toBeGreaterThan(0);
    for (const { steps } of found) {
      expect(steps.length).toBeLessThanOrEqual(at + 1);
      expect(steps.at(-1)?.op).toBe(step.op);
    }
  });
});
