import { expect, it } from 'vitest';
import type { Prediction } from '../../../model/outcome.ts';
import { MAX_WORLDS } from '../../../model/possible.ts';
import { emptyWorld, type World } from '../../../model/world.ts';
import type { Step } from '../../../program/step.ts';
import { firstWorlds, trajectoryOf, worldsAfter } from '../../../search/worlds/possible-worlds.ts';
import type { Rules } from '../../../search/worlds/rules.ts';
import { realRules } from '../fixtures/told.ts';

const run: Step = { op: 'run', via: 'rest', as: 'box1', main: { do: 'print', out: '', err: '', code: 0 } };
const look: Step = { op: 'inspect', via: 'rest', on: 'box1' };
/** A world of its own for every number. */
const worldOf = (n: number): World => ({
  ...emptyWorld,
  hosts: { ...emptyWorld.hosts, [`h${n}`]: n } as never,
});

/** Rules under which a look leads to these worlds. */
const leading = (worlds: readonly World[], divergenceOutcomes?: Rules['divergenceOutcomes']): Rules => ({
  ...realRules,
  verbs: {
    ...realRules.verbs,
    inspect: {
      ...realRules.verbs.inspect,
      predict: () =>
        ({
          outcomes: worlds.map((next, i) => ({ label: `${i}`, expect: { is: 'acted' }, next })),
        }) as unknown as Prediction,
    },
  } as Rules['verbs'],
  ...(divergenceOutcomes && { divergenceOutcomes }),
});

it('has the usual world first, and each once', () => {
  const worlds = [worldOf(1), worldOf(2), worldOf(1)];
  expect(worldsAfter(leading(worlds), firstWorlds, look, 'every')).toEqual([worldOf(1), worldOf(2)]);
  const both = worldsAfter(leading(worlds), [worldOf(8), worldOf(9)], look, 'every');
  expect(both).toEqual([worldOf(1), worldOf(2)]);
});

it('follows so many worlds and no more', () => {
  const worlds = (n: number) => Array.from({ length: n }, (_, i) => worldOf(i));
  const most = worlds(MAX_WORLDS);
  expect(worldsAfter(leading(most), firstWorlds, look, 'every')).toEqual(most);
  expect(worldsAfter(leading([...most, ...most]), firstWorlds, look, 'every')).toEqual(most);
  for (const strictness of ['every', 'some'] as const)
    expect(worldsAfter(leading(worlds(MAX_WORLDS + 1)), firstWorlds, look, strictness)).toBeNull();
});

it('goes where known divergences lead instead', () => {
  const [contract, other] = [worldOf(1), worldOf(2)];
  for (const worlds of [[other], [contract, other]]) {
    const rules = leading([contract], () => worlds);
    expect(worldsAfter(rules, firstWorlds, look, 'every')).toEqual(worlds);
  }
});

it('wants a step predicted in every world, or in one', () => {
  const [usual, unusual] = [worldOf(1), worldOf(2)];
  const unpredictedIn = (of: World): Rules => {
    const rules = leading([worldOf(3)]);
    const { inspect } = rules.verbs;
    if (!inspect) throw new Error('no verb inspect');
    const predict: typeof inspect.predict = (world, ...rest) =>
      world === of ? null : inspect.predict(world, ...rest);
    return { ...rules, verbs: { ...rules.verbs, inspect: { ...inspect, predict } } };
  };
  for (const unpredicted of [usual, unusual]) {
    expect(worldsAfter(unpredictedIn(unpredicted), [usual, unusual], look, 'every')).toBeNull();
    expect(worldsAfter(unpredictedIn(unpredicted), [usual, unusual], look, 'some')).toEqual([worldOf(3)]);
  }
  expect(worldsAfter(unpredictedIn(usual), [usual], look, 'some')).toBeNull();
});

it('tells the worlds before each step and after the last', () => {
  const trajectory = trajectoryOf(realRules, [run, look], 'every');
  expect(trajectory?.map(([world]) => world.boxes.box1?.status)).toEqual([undefined, 'ending', 'stopped']);
  expect(trajectoryOf(realRules, [], 'every')).toEqual([firstWorlds]);
  const unpredicted: Step = { op: 'create', via: 'cli', as: 'box2', main: { do: 'missing' } };
  expect(trajectoryOf(realRules, [run, unpredicted, look], 'some')).toBeNull();
});
