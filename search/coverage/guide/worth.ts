import type { Transition } from './state-graph.ts';

/** What each state offers, in the form that planning needs. */
export interface Plan {
  /** By state: distinct goals, with the least boots each, the dearest first. */
  readonly gains: readonly Numbers[];
  /** By state: other states that one step leads to, with the least boots each. */
  readonly ways: readonly Numbers[];
}

type Numbers = readonly (readonly [number: number, boots: number])[];

/** What a boot costs, in steps: less than its price (2 s to 0.4 s), for what boots also opens ways. */
const BOOT_STEPS = 3;
/** After so many steps what can be covered is worth a third (1/e) of what it is now. */
const PLAN_STEPS = 10;
/** No step boots as many VMs as this. */
const MAX_BOOTS = 8;

/** By boots: how much less what comes after one step with so many of them is worth. */
export const discounts: readonly number[] = Array.from({ length: MAX_BOOTS }, (_, boots) =>
  Math.exp(-(1 + boots * BOOT_STEPS) / PLAN_STEPS),
);

/** The plan of states that have these transitions. */
export const planOf = (transitions: readonly (readonly Transition[])[]): Plan => ({
  gains: transitions.map((some) => leastBoots(some, ({ goal }) => goal).sort(([, a], [, b]) => b - a)),
  ways: transitions.map((some, state) => leastBoots(some, ({ to }) => to).filter(([to]) => to !== state)),
});

function leastBoots(some: readonly Transition[], keyOf: (one: Transition) => number): [number, number][] {
  const least = new Map<number, number>();
  for (const one of some) {
    const key = keyOf(one);
    least.set(key, Math.min(one.boots, least.get(key) ?? Number.POSITIVE_INFINITY));
  }
  return [...least];
}

/**
 * What each state is worth: what is new there, taken one after the other, or at the best state that can be come to
 * from there; all less for the way.
 */
export function worthOf({ gains, ways }: Plan, novelty: Float64Array): Float64Array {
  const worth = Float64Array.from(gains, (goals) => {
    let sum = 0;
    // From the last to be taken to the first; what is too dear for what it brings is left out.
    for (const [goal, boots] of goals)
      sum = Math.max(sum, (discounts[boots] as number) * ((novelty[goal] as number) + sum));
    return sum;
  });
  for (let changed = true; changed; ) {
    changed = false;
    for (let state = ways.length - 1; state >= 0; state--) {
      for (const [to, boots] of ways[state] as Numbers) {
        const there = (worth[to] as number) * (discounts[boots] as number);
        if (there <= (worth[state] as number)) continue;
        worth[state] = there;
        changed = true;
      }
    }
  }
  return worth;
}
