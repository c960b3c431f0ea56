import { expect, test } from 'vitest';
import { drawerFor, givenPrograms, missingSurface } from '../../../bin/diff/plan.ts';
import { parseSides } from '../../../bin/diff/targets.ts';
import { verbs } from '../../../commands/index.ts';
import { profileFor } from '../../../model/profile.ts';
import type { Surface } from '../../../program/step.ts';
import { trajectoryOf } from '../../../search/worlds/possible-worlds.ts';
import { rulesOf } from '../../../search/worlds/rules.ts';
import { toyEngine } from '../fixtures.ts';

const all = new Set<Surface>(['cli', 'url', 'rest']);
const common = { seed: 7, maxSteps: 20, surfaces: all };
const [, lab] = parseSides('reference,lab', {});
const [, old] = parseSides('reference,lab@0.10.0', {});

test('the corpus is given by name, each program once', async () => {
  const given = await givenPrograms([], true);
  expect(given.length).toBeGreaterThan(20);
  expect(given.map(({ name }) => name)).toContain('pinned/2-exit-codes-pass-through');
  expect(new Set(given.map(({ name }) => name)).size).toBe(given.length);
});

test('programs depend on seed and number alone', async () => {
  const [one, two] = [
    await drawerFor(toyEngine([]), lab, common),
    await drawerFor(toyEngine([]), lab, common),
  ];
  expect(one(3)).toEqual(two(3));
  expect(one(3)).not.toEqual(one(4));
});

test('what is drawn for two versions can be judged by the older contract', async () => {
  const draw = await drawerFor(toyEngine([]), old, common);
  const rules = rulesOf(verbs, profileFor('0.10.0').profile);
  for (let i = 0; i < 20; i++) {
    const { program } = draw(i);
    expect(program.contract).toBe('0.10.0');
    expect(program.steps.length).toBeLessThanOrEqual(20);
  }
  const [reference] = parseSides('reference@0.10.0,lab', {});
  const plain = await drawerFor(toyEngine([]), reference, common);
  expect(trajectoryOf(rules, plain(0).program.steps, 'some')).not.toBeNull();
});

test('a program that needs a surface one side lacks is named by it', async () => {
  const draw = await drawerFor(toyEngine([]), lab, { ...common, surfaces: new Set<Surface>(['rest']) });
  expect(missingSurface(draw(0).program, new Set<Surface>(['rest']))).toBeNull();
  const [pinned] = await givenPrograms([], true);
  expect(missingSurface(pinned?.program as never, new Set())).not.toBeNull();
});
