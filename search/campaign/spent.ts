import { verbs } from '../../commands/index.ts';
import type { History } from '../../program/history.ts';
import type { Purpose } from '../investigate/look.ts';

/** What a run was for; `broken`: the machine broke under it, and it was made again. */
export type RunFor = 'program' | 'corpus' | 'broken' | Purpose;

/** What time went into, milliseconds of all lanes together. */
export interface Spent {
  /** Runs of the programs themselves, of those of a campaign's corpus, and of programs for the sake of findings. */
  programsMs: number;
  corpusMs: number;
  rerunsMs: number;
  shrinkingMs: number;
  /** Runs that the machine broke, and bringing it back. */
  repairsMs: number;
  /** Of all these runs: steps that boot, steps a known divergence answered, looks after the first, and all others. */
  bootsMs: number;
  knownMs: number;
  pollsMs: number;
  commandsMs: number;
}

/** Nothing yet. */
export const nothingSpent = (): Spent => ({
  ...{ programsMs: 0, corpusMs: 0, rerunsMs: 0, shrinkingMs: 0, repairsMs: 0 },
  ...{ bootsMs: 0, knownMs: 0, pollsMs: 0, commandsMs: 0 },
});

const keyOf = {
  program: 'programsMs',
  corpus: 'corpusMs',
  rerun: 'rerunsMs',
  shrink: 'shrinkingMs',
  broken: 'repairsMs',
} as const;

/** Adds the time of one run. */
export function spend(spent: Spent, { totalMs, events }: History, what: RunFor): void {
  spent[keyOf[what]] += totalMs;
  for (const { step, matched, runtimeMs, pollsMs = 0 } of events) {
    const kind = verbs[step.op].effect === 'boots' ? 'bootsMs' : 'commandsMs';
    if (matched?.startsWith('known:')) spent.knownMs += runtimeMs;
    else {
      spent.pollsMs += pollsMs;
      spent[kind] += runtimeMs - pollsMs;
    }
  }
}
