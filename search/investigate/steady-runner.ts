import { counted } from '../../domain/counted.ts';
import type { History, RunProgram } from '../../program/history.ts';
import { signatureOf } from '../../verdict/signature.ts';

/** Runs of one program that the machine may break under before it is left alone. */
const MAX_RUNS = 3;
/** Programs in a row that were left alone before the machine counts as lost. */
const MAX_PROGRAMS = 3;

/** A machine that may break, and how it is brought back. */
export interface Recovery {
  readonly run: RunProgram;
  /** Brings a broken machine back; rejecting means that it is lost. */
  readonly recover: (why: string) => Promise<void>;
  /** Removes what a run has left on a machine that lives; rejecting, or absent: the machine must be brought back. */
  readonly tidy?: ((why: string) => Promise<unknown>) | undefined;
  /** Whether a plain box boots on it now; absent: nobody can tell. */
  readonly control?: (() => Promise<boolean>) | undefined;
  /** Hears of every run that the machine broke and that is followed by another one. */
  readonly onBroken?: (history: History) => void | Promise<void>;
}

/** The machine did not come back: nothing more can be found. */
export class LostMachineError extends Error {
  override name = 'LostMachineError';
}

/**
 * A runner that brings a broken machine back and runs the program again. A program that keeps breaking it is handed
 * back as infrastructure, neither passed nor failed; after three such programs in a row the runner rejects with
 * `LostMachineError`, and at once when the machine does not come back.
 *
 * What only looks like the machine's, such as a box that does not boot, costs no repair the first time. It is the
 * runtime's failure where it comes again on a machine that was just brought back and on which a control box boots before
 * and after; later ones like it, where a control box boots after them.
 */
export function steadyRunner({ run, recover, tidy, onBroken, control }: Recovery): RunProgram {
  let leftAlone: History[] = [];
  const blamed = new Set<string>();
  const isSound = async (): Promise<boolean> => (await control?.().catch(() => false)) ?? false;
  return async (program, signal) => {
    let cameBefore: string | null = null;
    if (leftAlone.length >= MAX_PROGRAMS) throw new LostMachineError(lostText(leftAlone.at(-1) as History));
    for (let runs = 1; ; runs++) {
      const history = await run(program, signal);
      const { ending } = history;
      if (ending.is !== 'infrastructure') leftAlone = [];
      if (ending.is !== 'infrastructure' || signal.aborted) return history;
      const { failure } = ending;
      const key = failure ? signatureOf(failure).key : null;
      if (failure && key && (key === cameBefore || blamed.has(key)) && (await isSound())) {
        leftAlone = [];
        blamed.add(key);
        return { ...history, ending: { is: 'failed', failure } };
      }
      if (runs < MAX_RUNS) await onBroken?.(history);
      if (runs === 1 && key && tidy && (await succeeds(tidy(ending.why)))) continue;
      await recover(ending.why).catch((error: Error) => {
        throw new LostMachineError(
          `the machine is lost (${ending.why}) and did not come back: ${error.message}`,
        );
      });
      cameBefore = key && (await isSound()) ? key : null;
      if (runs < MAX_RUNS) continue;
      leftAlone.push(history);
      return history;
    }
  };
}

const succeeds = (work: Promise<unknown>): Promise<boolean> =>
  work.then(
    () => true,
    () => false,
  );

const lostText = ({ ending, program }: History): string =>
  `the machine broke in ${MAX_PROGRAMS} programs in a row, ${MAX_RUNS} times each; last: ${ending.is === 'infrastructure' ? ending.why : ''} (a program of ${counted(program.steps.length, 'step')})`;
