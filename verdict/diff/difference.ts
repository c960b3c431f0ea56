/**
 * How two observations of one step relate, worst first.
 * `contradiction`: one side's answer is none the contract allows.
 * `both-contradict`: neither side's is, in different ways; `both-alike`: in the same way.
 * `stale-mark`: a known divergence that always shows did not, on one side.
 * `within`: one outcome of the contract, which leaves open something the sides answer differently.
 * `either`: the contract allows both: another outcome, or a detail it leaves to a race.
 * `known`: a known divergence of one side. `apart`: the sides are in different worlds by now.
 * `wording`: only words for people differ.
 */
export const classes = [
  'contradiction',
  'both-contradict',
  'stale-mark',
  'both-alike',
  'within',
  'either',
  'known',
  'apart',
  'wording',
] as const;

export type DifferenceClass = (typeof classes)[number];

/** Disagreements that nothing explains. */
export const openClasses: ReadonlySet<string> = new Set<DifferenceClass>([
  'contradiction',
  'both-contradict',
  'stale-mark',
]);

/** Seen in `same` of `runs` runs. */
export interface Rate {
  readonly same: number;
  readonly runs: number;
}

/** One difference between two runs of one program. */
export interface Difference {
  readonly class: DifferenceClass;
  readonly at: number;
  readonly op: string;
  readonly via: string;
  readonly situation: string;
  /** What differs, in words that do not depend on the program. */
  readonly what: string;
  /** What each side answered, in one line. */
  readonly seen: readonly [string, string];
  /** For a contradiction: how often the program showed it on the side it is about. */
  readonly rate?: Rate;
}
