import type { SearchSettings } from '../../generate/settings.ts';
import type { StateGraph, Transition } from './state-graph.ts';

/** What each place offers, in the form that planning needs. */
export interface Plan {
  /** By place: distinct cells, with the least boots each, the dearest first. */
  readonly gains: readonly Numbers[];
  /** By place: other places that one step leads to, with the least boots each. */
  readonly ways: readonly Numbers[];
}

type Numbers = readonly (readonly [number: number, boots: number])[];

/** No step boots as many VMs as this. */
const MAX_BOOTS = 8;

/** How much less what comes after one step and so many boots is worth: cheap ways come first. */
export const discount = (boots: number, { bootSteps, planSteps }: SearchSettings): number =>
  Math.exp(-(1 + boots * bootSteps) / planSteps);

/** The plan of the offers of an atlas that pass, before anything is known of what was covered. */
export function planOf(
  { places }: StateGraph,
  passes: (offer: Transition, place: number) => boolean = () => true,
): Plan {
  const offers = places.map((place, number) => place.offers.filter((offer) => passes(offer, number)));
  return {
    gains: offers.map((some) => leastBoots(some, ({ goal }) => goal).sort(([, a], [, b]) => b - a)),
    ways: offers.map((some, place) => leastBoots(some, ({ to }) => to).filter(([to]) => to !== place)),
  };
}

function leastBoots(offers: readonly Transition[], keyOf: (offer: Transition) => number): [number, number][] {
  const least = new Map<number, number>();
  for (const offer of offers) {
    const key = keyOf(offer);
    least.set(key, Math.min(offer.boots, least.get(key) ?? Number.POSITIVE_INFINITY));
  }
  return [...least];
}

/**
 * What each place is worth: what is new there, taken one after the other, or at the best place that can be come
 * to from there; all less for the way.
 */
export function worthOf(
  { gains, ways }: Plan,
  novelty: Float64Array,
  settings: SearchSettings,
): Float64Array {
  const less = Array.from({ length: MAX_BOOTS }, (_, boots) => discount(boots, settings));
  const worth = Float64Array.from(gains, (goals) => {
    let sum = 0;
    // From the last to be taken to the first; what is too dear for what it brings is left out.
    for (const [goal, boots] of goals)
      sum = Math.max(sum, (less[boots] as number) * ((novelty[goal] as number) + sum));
    return sum;
  });
  for (let changed = true; changed; ) {
    changed = false;
    for (let place = ways.length - 1; place >= 0; place--) {
      for (const [to, boots] of ways[place] as Numbers) {
        const there = (worth[to] as number) * (less[boots] as number);
        if (there <= (worth[place] as number)) continue;
        worth[place] = there;
        changed = true;
      }
    }
  }
  return worth;
}
