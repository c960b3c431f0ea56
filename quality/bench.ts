import { verbs } from '../commands/index.ts';
import { currentProfile } from '../model/profile.ts';
import type { DefectName } from '../reference/defects.ts';
import { makeRunner } from '../run/execute.ts';
import type { History } from '../run/history.ts';
import { openTarget } from '../runtime/open.ts';
import type { Target } from '../runtime/target.ts';
import { type Rules, rulesOf } from '../search/rules.ts';

/** What programs are drawn and judged with: the contract alone. A known divergence must not excuse a defect. */
export const rules: Rules = rulesOf(verbs, currentProfile);

/** An open reference runtime, with defects or without. */
export interface Bench {
  readonly target: Target;
  /** Runs a program; a machine that broke is brought back and the program tried again. */
  run(program: History['program'], signal: AbortSignal): Promise<History>;
  close(): Promise<void>;
}

/** Tries of one program on a machine that breaks. */
const TRIES = 3;

/**
 * Opens the reference runtime with the given defects switched on; without any it is the clean one.
 * @throws what keeps it from starting; nothing is left behind then
 */
export async function openBench(
  defects: readonly DefectName[],
  log: (line: string) => void = () => {},
): Promise<Bench> {
  const target = await openTarget('reference', { defects: [...defects] }, log);
  const once = makeRunner(target, { profile: currentProfile, known: [] });
  return {
    target,
    async run(program, signal) {
      for (let tries = 1; ; tries++) {
        const history = await once(program, signal);
        if (history.ending.is !== 'infrastructure' || tries === TRIES || signal.aborted) return history;
        log(`the machine broke, not the runtime: ${history.ending.why}`);
        await target.recover();
      }
    },
    close: () => target.close(),
  };
}
