import type { Rate } from '../rate.ts';
import type { Place } from './difference.ts';

/** One respect of an observation, in a form that does not depend on ids, times and generated names. */
export interface Field {
  readonly name: string;
  /** Long bytes by length and digest. */
  readonly value: string;
  /** `firm`: the same in every run of one runtime. `free`: left to a race. `text`: words for people, by their shape. */
  readonly rank: 'firm' | 'free' | 'text';
  /** The value is data of the program: told apart, but no name of a kind of difference. */
  readonly data?: true;
}

/** One step of one run as far as it is compared: little, as all of them are kept. */
export interface ObservedStep extends Place {
  /** Position and kind: `3 own`, `3 look rest`; `end` for what is judged after everything was removed. */
  readonly key: string;
  /** Digest of what the contract allowed: the same where both sides are in the same world. */
  readonly predicted: string;
  /** Label of the outcome that fitted, `known:<id>`, null where nothing fitted. */
  readonly matched: string | null;
  readonly fields: readonly Field[];
  /** What the run was stopped for here; `key` is that of the failure's signature, `rate` how often it failed so. */
  readonly complaint?: { is: 'contradiction' | 'stale-mark'; key: string; text: string; rate?: Rate };
  /** The answer in one line for people. */
  readonly shown: string;
}

/** One run of one program on one side; `unjudged`: why it says nothing about its runtime, where it does not. */
export interface ObservedRun {
  readonly steps: readonly ObservedStep[];
  readonly unjudged?: string;
}
