import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { newestProfile } from '../../../model/profile.ts';
import { emptyWorld } from '../../../model/world.ts';
import type { Step } from '../../../program/step.ts';
import { ProgramArbitrary } from '../../../search/generate/program-arbitrary.ts';
import { divergenceOutcomesOf } from '../../../search/worlds/divergence-outcomes.ts';
import { firstWorlds, worldsAfter } from '../../../search/worlds/possible-worlds.ts';
import { rulesOf } from '../../../search/worlds/rules.ts';
import { entry } from '../../verdict/known/entry.ts';
import { allSurfaces, toyVerbs } from '../fixtures/toy-verbs.ts';

const lab = { target: 'lab', version: '0.10.7' } as const;
const run: Step = { op: 'run', via: 'rest', as: 'box1' };

const rulesWith = (changes: Record<string, unknown>) =>
  rulesOf(toyVerbs, newestProfile, divergenceOutcomesOf([entry({ op: 'run', ...changes })], lab));

describe('known divergences while drawing', () => {
  it('replace the contract where they always show', () => {
    const rules = rulesWith({ after: { as: 'usual', box: { status: 'failed' } } });
    const worlds = worldsAfter(rules, firstWorlds, run, 'every');
    expect(worlds?.map((world) => world.boxes.box1?.status)).toEqual(['failed']);
  });

  it('stand next to it where they depend on timing', () => {
    const flaky = { always: false, rate: { m: 1, k: 4 } };
    const rules = rulesWith({ ...flaky, after: { as: 'usual', box: { status: 'failed' } } });
    const worlds = worldsAfter(rules, firstWorlds, run, 'every');
    expect(worlds?.map((world) => world.boxes.box1?.status)).toEqual(['running', 'failed']);
  });

  it('replace the contract where one of two always shows', () => {
    const after = { as: 'usual', box: { status: 'failed' } };
    const timing = { op: 'run', id: 'timing', always: false, rate: { m: 1, k: 4 }, after };
    const entries = [entry({ op: 'run', after }), entry(timing)];
    const both = (known: typeof entries) =>
      rulesOf(toyVerbs, newestProfile, divergenceOutcomesOf(known, lab));
    for (const known of [entries, entries.toReversed()]) {
      const worlds = worldsAfter(both(known), firstWorlds, run, 'every');
      expect(worlds?.map((world) => world.boxes.box1?.status)).toEqual(['failed']);
    }
  });

  it('stand beside each other in one step where one of them is silent', () => {
    const silent = {
      op: 'run',
      silent: true,
      seen: { is: 'done' },
      after: { as: 'usual', box: { code: 7 } },
    };
    const after = { as: 'usual', box: { status: 'failed' } };
    const known = [entry({ id: 'silent', ...silent }), entry({ op: 'run', after })];
    const rules = rulesOf(toyVerbs, newestProfile, divergenceOutcomesOf(known, lab));
    const worlds = worldsAfter(rules, firstWorlds, run, 'every');
    expect(worlds?.map(({ boxes }) => [boxes.box1?.status, boxes.box1?.code])).toEqual([['failed', 7]]);
  });

  it('are not planned for where they seldom lead to what nothing can be said of', () => {
    for (const [m, statuses] of [
      [1, ['running']],
      [2, ['running', 'unclear']],
    ] as const) {
      const rules = rulesWith({ always: false, rate: { m, k: 4 }, after: { as: 'unknown' } });
      const worlds = worldsAfter(rules, firstWorlds, run, 'every');
      expect(worlds?.map((world) => world.boxes.box1?.status)).toEqual(statuses);
    }
  });

  it('do nothing on another version', () => {
    const rules = rulesWith({ versions: '0.9.7', after: { as: 'unchanged' } });
    expect(worldsAfter(rules, [emptyWorld], run, 'every')?.[0].boxes.box1?.status).toBe('running');
  });

  it('keep programs away from what will not be there', () => {
    const rules = rulesWith({
      via: ['rest', 'url', 'cli'],
      after: { as: 'usual', box: { status: 'removed' } },
    });
    for (const { steps } of fc.sample(new ProgramArbitrary(rules, { surfaces: allSurfaces }), {
      seed: 3,
      numRuns: 40,
    })) {
      expect(steps.filter((step) => step.op === 'spawn' && !step.on.startsWith('?'))).toEqual([]);
    }
  });
});
