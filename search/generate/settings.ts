import { verbs } from '../../commands/index.ts';
import type { Op } from '../../program/step.ts';
import { defaultThemes, type Theme } from './themes.ts';

/** How programs are drawn. Plain data, so that a campaign can record and repeat it. */
export interface SearchSettings {
  /** Longest program, in steps. */
  readonly maxSteps: number;
  /** Shares of programs by length: each band ends at `upTo` steps, the last one at `maxSteps`. */
  readonly lengths: readonly { readonly upTo: number; readonly weight: number }[];
  /** Boxes that may exist at the same time. */
  readonly maxBoxes: number;
  /** Share of steps that the contract refuses on purpose. */
  readonly illegalShare: number;
  /** How likely each verb is, relative to the others; 0 keeps it out. */
  readonly weights: Readonly<Record<Op, number>>;
  /** Shares of programs drawn from everything, from a theme, from a random subset (swarm testing). */
  readonly scopes: { readonly all: number; readonly theme: number; readonly swarm: number };
  readonly themes: readonly Theme[];
  /** Chance that a verb stays in a swarm's subset. */
  readonly swarmKeep: number;
  /** Chance that the next step waits for a box whose end has not been noticed yet (contract 7.1). */
  readonly settleFirst: number;
  /** Other steps wanted after a boot before the next boot is as likely as its weight says: boots cost seconds. */
  readonly stepsPerBoot: number;
  /** Factor for verbs on an open attach while there is one; half of it for verbs on a live execution. */
  readonly followUp: number;
  /** Share of steps for which the most promising of several draws is taken: see `potential`. */
  readonly ambition: number;
  /** Share of programs that coverage guides while many cells were never tried, and afterwards. */
  readonly guidedShare: { readonly first: number; readonly later: number };
  /** Share of cells never tried up to which it is `later`. */
  readonly laterFrom: number;
  /** The `lengths` of such programs: a long way somewhere pays when much is done there. */
  readonly guidedLengths: SearchSettings['lengths'];
  /** What a boot costs, in steps: less than the time it takes, for what boots also opens ways. */
  readonly bootSteps: number;
  /** After so many steps what can be covered is worth a third (1/e) of what it is now. */
  readonly planSteps: number;
  /** What a cell never tried counts when it can be taken at once; the same later on the way counts 1. */
  readonly cellGain: number;
  /** What a pair of verb, surface and state that nothing has shown yet adds to each cell that would show it. */
  readonly missingPairGain: number;
  /** What a cell of a refusal counts beside one of an allowed step. */
  readonly refusedGain: number;
  /** What two steps never taken in a row on one box count, once most cells were tried. */
  readonly pairGain: number;
}

/**
 * The defaults. They draw programs that mean something at few boots; a quarter is led where nothing was tried yet,
 * because all of them would find less of what is wrong elsewhere (docs/measurements.md, "What is drawn").
 */
export const defaultSettings: SearchSettings = {
  maxSteps: 30,
  lengths: [
    { upTo: 8, weight: 0.5 },
    { upTo: 18, weight: 2 },
    { upTo: 30, weight: 7.5 },
  ],
  maxBoxes: 2,
  illegalShare: 0.25,
  weights: Object.fromEntries(Object.values(verbs).map(({ op, weight }) => [op, weight])) as Record<
    Op,
    number
  >,
  scopes: { all: 1, theme: 10, swarm: 2 },
  themes: defaultThemes,
  swarmKeep: 0.5,
  settleFirst: 0.7,
  stepsPerBoot: 4,
  followUp: 5,
  ambition: 0.6,
  guidedShare: { first: 0.25, later: 0.125 },
  laterFrom: 0.05,
  guidedLengths: [
    { upTo: 18, weight: 0 },
    { upTo: 30, weight: 1 },
  ],
  bootSteps: 3,
  planSteps: 10,
  cellGain: 1.5,
  missingPairGain: 5,
  refusedGain: 0.01,
  pairGain: 0.3,
};

/** Settings with another share of guided programs, from 0 to 1; half of it once little is left to cover. */
export const sharing = (settings: SearchSettings, share: number): SearchSettings => ({
  ...settings,
  guidedShare: { first: share, later: share / 2 },
});
