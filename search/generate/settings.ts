import type { Op } from '../../program/step.ts';
import { defaultThemes, type Theme, usualWeights } from './themes.ts';

/** How programs are drawn. Plain data, so that a campaign can record and repeat it. */
export interface SearchSettings {
  /** Longest program, in steps. */
  readonly maxSteps: number;
  /** Shares of programs by length: each band ends at `upTo` steps, the last one at `maxSteps`. */
  readonly lengths: readonly { readonly upTo: number; readonly weight: number }[];
  /** Boxes that may exist at the same time; a scope has room for so many beside those that it finds: see `withRoom`. */
  readonly maxBoxes: number;
  /** Share of steps that the contract refuses on purpose. */
  readonly illegalShare: number;
  /** How likely each verb is, relative to the others; 0 keeps it out. */
  readonly weights: Readonly<Record<Op, number>>;
  /** Shares of what steps are drawn from: everything, a theme, a random subset (swarm testing). */
  readonly scopes: { readonly all: number; readonly theme: number; readonly swarm: number };
  /** Steps after which a program goes on to something else, with the boxes it has: one sitting has several subjects. */
  readonly stepsPerScope: number;
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
  /** Chance that a step which an SDK can make is made by one, where the target has one. */
  readonly sdkShare: number;
  /** Share of programs that are led to transitions that are not covered, in a campaign that is guided. */
  readonly guided: number;
}

/**
 * The defaults. They draw programs that mean something at few boots; a quarter is led where nothing was tried yet,
 * because all of them would find less of what is wrong elsewhere (docs/measurements.md, "What is drawn").
 */
export const defaultSettings: SearchSettings = {
  maxSteps: 64,
  lengths: [
    { upTo: 8, weight: 0.3 },
    { upTo: 30, weight: 0.7 },
    { upTo: 64, weight: 9 },
  ],
  maxBoxes: 2,
  illegalShare: 0.25,
  weights: usualWeights,
  scopes: { all: 1, theme: 12, swarm: 2 },
  stepsPerScope: 12,
  themes: defaultThemes,
  swarmKeep: 0.5,
  settleFirst: 0.7,
  stepsPerBoot: 4,
  followUp: 5,
  ambition: 0.6,
  sdkShare: 0.4,
  guided: 0.25,
};
