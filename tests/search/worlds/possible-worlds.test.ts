import { expect, it } from 'vitest';
import type { Prediction } from '../../../model/outcome.ts';
import { emptyWorld, type World } from '../../../model/world.ts';
import type { Step } from '../../../program/step.ts';
import {
  advance,
  firstWorlds,
  type PossibleWorlds,
  trajectoryOf,
} from '../../../search/worlds/possible-worlds.ts';
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
  expect(advance(leading(worlds), firstWorlds, look, 'every')).toEqual([worldOf(1), worldOf(2)]);
  const both = advance(leading(worlds), [worldOf(8), worldOf(9)], look, 'every');
  expect(both).toEqual([worldOf(1), worldOf(2)]);
});

it('follows twelve worlds and drops the others, the unusual ones first', () => {
  const many = Array.from({ length: 20 }, (_, i) => worldOf(i));
  expect(advance(leading(many), firstWorlds, look, 'every')).toEqual(many.slice(0, 12));
});

it('goes where a divergence leads: there alone where that is certain, there too where it is not', () => {
  const [contract, other] = [worldOf(1), worldOf(2)];
  const by = (worlds: World[], certain: boolean): PossibleWorlds | null =>
    advance(
      leading([contract], () => ({ worlds, certain })),
      firstWorlds,
      look,
      'every',
    );
  expect(by([other], true)).toEqual([other]);
  expect(by([other], false)).toEqual([contract, other]);
  expect(by([], true)).toEqual([contract]);
});

it('wants a step predicted in every world, or in one', () => {
  const [usual, unusual] = [worldOf(1), worldOf(2)];
  const silentIn = (of: World): Rules => {
    const rules = leading([worldOf(3)]);
    const { inspect } = rules.verbs;
    if (!inspect) throw new Error('no verb inspect');
    const predict: typeof inspect.predict = (world, ...rest) =>
      world === of ? null : inspect.predict(world, ...rest);
    return { ...rules, verbs: { ...rules.verbs, inspect: { ...inspect, predict } } };
  };
  for (const silent of [usual, unusual]) {
    expect(advance(silentIn(silent), [usual, unusual], look, 'every')).toBeNull();
    expect(advance(silentIn(silent), [usual, unusual], look, 'some')).toEqual([worldOf(3)]);
  }
  expect(advance(silentIn(usual), [usual], look, 'some')).toBeNull();
});

it('tells the worlds before each step and after the last', () => {
  const trajectory = trajectoryOf(realRules, [run, look], 'every');
  expect(trajectory?.map(([world]) => world.boxes.box1?.status)).toEqual([undefined, 'ending', 'stopped']);
  expect(trajectoryOf(realRules, [], 'every')).toEqual([firstWorlds]);
  const silent: Step = { op: 'create', via: 'cli', as: 'box2', main: { do: 'missing' } };
  expect(trajectoryOf(realRules, [run, silent, look], 'some')).toBeNull();
});
