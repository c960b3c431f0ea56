/**
 * One respect of an observation, in a form that does not depend on ids, times and generated names, so that two
 * targets can be held against each other.
 */
export interface Field {
  readonly name: string;
  /** Long bytes by length and digest. */
  readonly value: string;
  /**
   * `firm`: the same in every run of one runtime. `free`: the contract leaves it to a race. `text`: words meant
   * for people, by their shape.
   */
  readonly rank: 'firm' | 'free' | 'text';
  /** The value is data of the program: told apart, but no name of a kind of difference. */
  readonly data?: true;
}

/** What a run was stopped for at a step: a contradiction of the contract, or a mark that no longer shows. */
export interface Complaint {
  readonly is: 'contradiction' | 'stale-mark';
  /** Key of the failure's signature, the same in every run of boxcheck. */
  readonly key: string;
  readonly text: string;
}

/** One step of one run as far as it is compared. Plain data: it goes to disk and comes back the same. */
export interface ObservedStep {
  /** Position and kind: `3 own`, `3 look rest`; `end` for what is judged after everything was removed. */
  readonly key: string;
  /** Index of the step in the program; the number of steps for what comes after the last. */
  readonly at: number;
  readonly op: string;
  readonly via: string;
  readonly situation: string;
  /** Digest of what the contract allowed: the same where both sides are in the same world. */
  readonly predicted: string;
  /** Label of the outcome that fitted, `known:<id>`, null where nothing fitted. */
  readonly matched: string | null;
  readonly fields: readonly Field[];
  readonly complaint?: Complaint;
  /** The answer in one line for people. */
  readonly shown: string;
}

/** How a run ended; only the first two can be compared. */
export type ObservedEnding =
  | { readonly is: 'passed' }
  | { readonly is: 'failed' }
  | { readonly is: 'infrastructure'; readonly why: string }
  | { readonly is: 'interrupted' };

/** One run of one program on one side. */
export interface ObservedRun {
  readonly steps: readonly ObservedStep[];
  readonly ending: ObservedEnding;
  /** Steps that were not judged because the contract is silent about the world they were in. */
  readonly cutShort: number;
  /** For a run that failed: in how many runs of the program it failed in this way. */
  readonly rate?: Rate;
}

/** Seen in `same` of `runs` runs. */
export interface Rate {
  readonly same: number;
  readonly runs: number;
}
