import { CommanderError } from 'commander';
import { errorText, exit, exitCodeOfError } from '../../bin/cli/errors.ts';
import { interruptible } from '../../bin/session/interrupt.ts';

/** Prints a line of a result. */
export const say = (line: string): void => void process.stdout.write(`${line}\n`);

/** Prints a line for whoever watches. */
export const log = (line: string): void => void process.stderr.write(`${line}\n`);

/**
 * Runs a measuring command to its exit code. A first Ctrl-C aborts the signal, so that what has been measured is
 * still written; a second one ends the process at once.
 */
export async function command(measure: (signal: AbortSignal) => Promise<number>): Promise<void> {
  process.exitCode = await interruptible(log, async (signal) => {
    try {
      return await measure(signal);
    } catch (error) {
      if (error instanceof CommanderError) return error.exitCode === 0 ? exit.fine : exit.usage;
      log(errorText(error, process.env.BOXCHECK_DEBUG === '1'));
      return signal.aborted ? exit.interrupted : exitCodeOfError(error);
    }
  });
}
