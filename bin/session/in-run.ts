import type { RunRecord } from '../../report/run-record.ts';
import { exit } from '../cli/errors.ts';
import { checkFlags, chosenTarget } from '../options/choose.ts';
import type { Globals } from '../options/globals.ts';
import { newOutput } from '../terminal/output.ts';
import { onInterrupt } from './interrupt.ts';
import type { Invocation } from './invocation.ts';

/**
 * Opens the target, begins an invocation, does it, closes the target; Ctrl-C ends it cleanly on the way.
 * @returns the exit code of `use`, or 130 when it was interrupted
 */
export async function inRun(
  use: RunRecord['use'],
  options: Globals,
  work: (invocation: Invocation) => Promise<number>,
  seed?: number,
): Promise<number> {
  chosenTarget(options);
  await checkFlags(options);
  // Loaded late: a mistake in a flag or a file should be told at once.
  const [{ withEngine }, { beginInvocation }] = await Promise.all([
    import('./open-engine.ts'),
    import('./invocation.ts'),
  ]);
  const output = newOutput(options.json ?? false);
  const interrupt = onInterrupt(output.log);
  try {
    const code = await withEngine(
      options,
      output.log,
      async (engine) =>
        work(await beginInvocation(use, engine, output, options.out ?? '.boxcheck', interrupt.signal)),
      seed,
    );
    return interrupt.signal.aborted ? exit.interrupted : code;
  } finally {
    interrupt.release();
  }
}
