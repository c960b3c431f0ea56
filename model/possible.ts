import { fingerprint } from './fingerprint.ts';
import { isSame } from './same.ts';
import { emptyWorld, type World } from './world.ts';

/** What a world takes for granted of a divergence at one step: that it showed there, or that it did not. */
export interface Assumption {
  readonly id: string;
  /** Number of the step in the order of looking. */
  readonly at: number;
  readonly shown: boolean;
}

/** A world a program may be in, with what must have happened on the way for it to be the true one. */
export interface Possible {
  readonly world: World;
  /** Only what is not decided yet: some other world takes the opposite for granted, or nothing. */
  readonly assumes: readonly Assumption[];
}

/** All worlds a program may be in, the usual one first. */
export type Possibles = readonly [Possible, ...Possible[]];

/** Before the first step. */
export const firstPossibles: Possibles = [{ world: emptyWorld, assumes: [] }];

/** More worlds than this are not followed: a program that leads there is not drawn, and its run stops being judged. */
export const MAX_WORLDS = 32;

const has = (assumes: readonly Assumption[], one: Assumption): boolean =>
  assumes.some((other) => isSame(one, other));

/**
 * Each world once. Of two ways into the same world nothing tells them apart any more: what they disagree about
 * stays undecided for ever.
 */
export function distinct(possibles: readonly Possible[]): Possible[] {
  if (possibles.length === 1) return [...possibles];
  const kept: Possible[] = [];
  const prints: number[] = [];
  for (const possible of possibles) {
    const print = fingerprint(possible.world);
    const at = kept.findIndex(({ world }, i) => prints[i] === print && isSame(world, possible.world));
    const same = kept[at];
    if (!same) {
      kept.push(possible);
      prints.push(print);
    } else {
      const assumes = same.assumes.filter((one) => has(possible.assumes, one));
      if (assumes.length < same.assumes.length) kept[at] = { ...same, assumes };
    }
  }
  return kept;
}

/** What all worlds agree on, and the worlds without it. */
export function decided(possibles: Possibles): { assumptions: readonly Assumption[]; worlds: Possibles } {
  const [first, ...others] = possibles;
  const assumptions = first.assumes.filter((one) => others.every(({ assumes }) => has(assumes, one)));
  if (assumptions.length === 0) return { assumptions, worlds: possibles };
  const without = ({ world, assumes }: Possible): Possible => ({
    world,
    assumes: assumes.filter((one) => !has(assumptions, one)),
  });
  return { assumptions, worlds: [without(first), ...others.map(without)] };
}
