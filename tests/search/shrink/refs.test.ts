import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Step } from '../../../program/step.ts';
import { ProgramArbitrary } from '../../../search/generate/program-arbitrary.ts';
import { isClosed, renumber, restsOn, withDependents, without } from '../../../search/shrink/refs.ts';
import { allSurfaces, toyRules } from '../fixtures/toy-verbs.ts';

const steps: Step[] = [
  { op: 'run', via: 'rest', as: 'box1' },
  { op: 'run', via: 'rest', as: 'box2' },
  { op: 'spawn', via: 'rest', on: 'box1', as: 'exec1', work: { do: 'cat' } },
  { op: 'attach', as: 'att1', exec: 'exec1' },
  { op: 'stop', via: 'rest', on: ['box1', 'box2'] },
  { op: 'wait', exec: 'exec1' },
];

describe('what hangs together', () => {
  it('goes together', () => {
    expect([...withDependents(steps, new Set([0]))]).toEqual([0, 2, 3, 5]);
    expect(without(steps, new Set([0]))).toEqual([steps[1], { op: 'stop', via: 'rest', on: ['box2'] }]);
    expect(without(steps, new Set([2]))).toEqual([steps[0], steps[1], steps[4]]);
    expect([...withDependents(steps, new Set([0, 1]))].length).toBe(steps.length);
  });

  it('is found from the step that needs it', () => {
    expect([...restsOn(steps, 5)].sort()).toEqual([0, 2, 5]);
    expect([...restsOn(steps, 1)]).toEqual([1]);
  });

  it('is told apart from what dangles or is made twice', () => {
    expect(isClosed(steps)).toBe(true);
    expect(isClosed(steps.slice(1))).toBe(false);
    expect(isClosed([steps[0], steps[0]] as Step[])).toBe(false);
    expect(isClosed([{ op: 'wait', exec: '?bogus' }])).toBe(true);
  });

  it('stays closed whatever is removed, and renumbering is canonical', () => {
    const programs = new ProgramArbitrary(toyRules, { surfaces: allSurfaces });
    fc.assert(
      fc.property(programs, fc.array(fc.nat(30)), (program, removed) => {
        const left = without(program.steps, new Set(removed.filter((i) => i < program.steps.length)));
        expect(isClosed(left)).toBe(true);
        expect(isClosed(renumber(left))).toBe(true);
        expect(renumber(renumber(left))).toEqual(renumber(left));
      }),
    );
  });
});
