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
