import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { emptyWorld } from '../../../../model/world.ts';
import type { Step } from '../../../../program/step.ts';
import { discount, planOf, worthOf } from '../../../../search/coverage/guide/plan.ts';
import type { StateGraph } from '../../../../search/coverage/guide/state-graph.ts';
import { defaultSettings as settings } from '../../../../search/generate/settings.ts';

const step: Step = { op: 'list', via: 'rest', all: true };

/** Places with offers given as where they lead, their cell and their boots. */
const atlasOf = (places: readonly (readonly (readonly [number, number, number])[])[]): StateGraph => ({
  places: places.map((offers) => ({
    world: emptyWorld,
    offers: offers.map(([to, goal, boots]) => ({ to, goal, boots, step, refused: false, move: '' })),
  })),
  byShape: new Map(),
  goals: new Map(),
});

it('is what is new nearby, less for the way', () => {
  const graph = atlasOf([[[1, 0, 1]], [[2, 1, 0]], [[2, 2, 0]]]);
  const worth = worthOf(planOf(graph), Float64Array.of(0, 0, 1), settings);
  const [near, boot] = [discount(0, settings), discount(1, settings)];
  expect(worth[2]).toBeCloseTo(near);
  expect(worth[1]).toBeCloseTo(near * near);
  expect(worth[0]).toBeCloseTo(boot * near * near);
});

it('is nothing where nothing new can be come to, and more where more is new', () => {
  const offer = fc.tuple(fc.nat(4), fc.nat(9), fc.nat(2));
  const places = fc.array(fc.array(offer, { maxLength: 5 }), { minLength: 5, maxLength: 5 });
  const news = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 10, maxLength: 10 });
  fc.assert(
    fc.property(places, news, fc.nat(9), (drawn, some, at) => {
      const plan = planOf(atlasOf(drawn));
      expect([...worthOf(plan, new Float64Array(10), settings)]).toEqual([0, 0, 0, 0, 0]);
      const before = worthOf(plan, Float64Array.from(some), settings);
      const after = worthOf(plan, Float64Array.from(some).fill(1, at, at + 1), settings);
      for (const [place, value] of before.entries())
        expect(after[place]).toBeGreaterThanOrEqual(value - 1e-9);
    }),
  );
});
