import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Step } from '../../../../program/step.ts';
import type { Transition } from '../../../../search/coverage/guide/state-graph.ts';
import { discounts, planOf, worthOf } from '../../../../search/coverage/guide/worth.ts';

const step: Step = { op: 'list', via: 'rest', all: true };

/** The plan of states with transitions given as where they lead, their goal and their boots. */
const plan = (states: readonly (readonly (readonly [to: number, goal: number, boots: number])[])[]) =>
  planOf(
    states.map((some) =>
      some.map(([to, goal, boots]): Transition => {
        return { to, goal, boots, step, refused: false, creates: false, removes: false };
      }),
    ),
  );

it('is worth to be in a state what is new nearby, less for the way', () => {
  const worth = worthOf(plan([[[1, 0, 1]], [[2, 1, 0]], [[2, 2, 0]]]), Float64Array.of(0, 0, 1));
  const [near, boot] = discounts as [number, number];
  expect(worth[2]).toBeCloseTo(near);
  expect(worth[1]).toBeCloseTo(near * near);
  expect(worth[0]).toBeCloseTo(boot * near * near);
});

it('is worth nothing where nothing new can be come to, and more where more is new', () => {
  const transition = fc.tuple(fc.nat(4), fc.nat(9), fc.nat(2));
  const states = fc.array(fc.array(transition, { maxLength: 5 }), { minLength: 5, maxLength: 5 });
  const news = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 10, maxLength: 10 });
  fc.assert(
    fc.property(states, news, fc.nat(9), (drawn, some, at) => {
      const drawnPlan = plan(drawn);
      expect([...worthOf(drawnPlan, new Float64Array(10))]).toEqual([0, 0, 0, 0, 0]);
      const before = worthOf(drawnPlan, Float64Array.from(some));
      const after = worthOf(drawnPlan, Float64Array.from(some).fill(1, at, at + 1));
      for (const [state, value] of before.entries())
        expect(after[state]).toBeGreaterThanOrEqual(value - 1e-9);
    }),
  );
});
