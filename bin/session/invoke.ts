import { exitCodeOf, type InvocationRecord } from '../../report/invocation-record.ts';
import { exit } from '../cli/errors.ts';
import { checkFlags, chosenTarget } from '../options/choose.ts';
import type { Globals } from '../options/globals.ts';
import { newOutput } from '../terminal/output.ts';
import { withEngine } from './engine.ts';
import { interruptible } from './interrupt.ts';
import { beginInvocation, type Invocation } from './invocation.ts';

/**
 * Opens the target, does the work of one invocation, closes the target; Ctrl-C ends it cleanly on the way.
 * @param seed of a campaign, for the report
 * @returns the exit code
 */
export async function invoke(
  use: InvocationRecord['use'],
  globals: Globals,
  work: (invocation: Invocation) => Promise<InvocationRecord>,
  seed?: number,
): Promise<number> {
  chosenTarget(globals);
  await checkFlags(globals);
  const output = newOutput(globals.json ?? false);
  return interruptible(output.log, async (signal) => {
    const out = globals.out ?? '.boxcheck';
    const record = await withEngine(
      globals,
      output.log,
      async (engine) => work(await beginInvocation(use, engine, output, out, signal)),
      seed,
    );
    return signal.aborted ? exit.interrupted : exitCodeOf(record);
  });
}
