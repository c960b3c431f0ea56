import type { Rate } from '../rate.ts';

/** How two observations of one step relate, worst first, each with what it means; the open ones nothing explains. */
export const meanings = {
  contradiction: 'OPEN: one side contradicts the contract',
  'both-contradict': 'OPEN: both contradict the contract, in different ways',
  'stale-mark': 'OPEN: a known divergence no longer shows',
  'both-alike': 'both contradict the contract, in the same way',
  within: 'within one outcome: the contract leaves open what they answer differently',
  either: 'allowed either way',
  known: 'known divergences of one side',
  apart: 'not comparable: the sides are in different worlds by then',
  wording: 'wording only',
} as const;

export type DifferenceClass = keyof typeof meanings;

export const classes = Object.keys(meanings) as DifferenceClass[];

/** Whether nothing explains a disagreement. */
export const isOpen = (is: DifferenceClass): boolean => meanings[is].startsWith('OPEN');

/** Where in a program something was seen; `at` is the number of steps for what comes after the last. */
export interface Place {
  readonly at: number;
  readonly op: string;
  readonly via: string;
  readonly situation: string;
}

/** One difference between two runs of one program. */
export interface Difference extends Place {
  readonly class: DifferenceClass;
  /** What differs, in words that do not depend on the program. */
  readonly what: string;
  /** What each side answered, in one line. */
  readonly seen: readonly [string, string];
  /** For a contradiction: how often the program showed it on the side it is about. */
  readonly rate?: Rate;
}

/** A difference of one program. */
export interface Sighting {
  readonly program: string;
  /** Length of that program: the shortest one makes the best example. */
  readonly steps: number;
  readonly difference: Difference;
}

/** Differences of one kind, with an example. */
export interface DifferenceGroup extends Omit<Difference, 'at' | 'seen'> {
  /** How often it was seen, and in how many programs. */
  readonly count: number;
  readonly programs: number;
  readonly example: Sighting;
}

/** Groups differences by class, operation, surface, situation and what differs: worst and most frequent first. */
export function groupDifferences(sightings: readonly Sighting[]): DifferenceGroup[] {
  const groups = [...Map.groupBy(sightings, keyOf)].sort(([a], [b]) => (a < b ? -1 : 1));
  return groups
    .map(([, own]) => groupOf(own))
    .sort((a, b) => classes.indexOf(a.class) - classes.indexOf(b.class) || b.count - a.count);
}

const keyOf = ({ difference: { class: is, op, via, situation, what } }: Sighting): string =>
  JSON.stringify([is, op, via, situation, what]);

function groupOf(sightings: readonly Sighting[]): DifferenceGroup {
  const example = sightings.reduce((best, next) => (next.steps < best.steps ? next : best));
  const { at: _at, seen: _seen, rate: _rate, ...kind } = example.difference;
  const programs = new Set(sightings.map(({ program }) => program)).size;
  const rates = sightings.flatMap(({ difference }) => difference.rate ?? []);
  const sum = (key: keyof Rate): number => rates.reduce((all, rate) => all + rate[key], 0);
  const rate = rates.length > 0 && { rate: { same: sum('same'), runs: sum('runs') } };
  return { ...kind, count: sightings.length, programs, example, ...rate };
}
