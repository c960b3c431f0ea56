/** What is to be known of an oracle beside where it looks. */
interface Oracle {
  /** Sections of docs/contract.md behind it. */
  readonly sections: readonly string[];
  /** It only notices what an earlier step has done: the step it looked with need not stay in a shorter program. */
  readonly notices?: true;
  /** It looks after every box was removed; the function of `report/shell/parts/invariants.sh` that does so. */
  readonly afterRemoval?: 'all_removed' | 'nothing_left';
}

const table = {
  /** No 5xx for what the client did, every error typed, no panic, no hang: judged on every answer. */
  'broken-answer': { sections: ['8.1', '8.2'] },
  /** A refused step changed something, then or before: a look after it shows what any earlier step has done. */
  'refusal-changed-state': { sections: ['8.4'], notices: true },
  /** CLI and REST tell different things about the same boxes. */
  'views-disagree': { sections: ['8.10', '8.3'], notices: true },
  /** Something is left after everything was removed. */
  leak: { sections: ['8.5'], afterRemoval: 'nothing_left' },
  /** A removal at the end of the program was refused or did not work. */
  cleanup: { sections: ['8.5', '2.6'], afterRemoval: 'all_removed' },
} as const satisfies Record<string, Oracle>;

/** Names an oracle. */
export type OracleName = keyof typeof table;

/** The oracles beside the predictions (contract 8). */
export const oracles: Readonly<Record<OracleName, Oracle>> = table;
