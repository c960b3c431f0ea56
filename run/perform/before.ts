import { verbs } from '../../commands/index.ts';
import type { Program } from '../../program/program.ts';
import { performOne } from './one.ts';
import { isTelling, numbersTold } from './since.ts';
import type { StepContext } from './step-context.ts';

/**
 * Takes down the numbers that the program's steps will ask for as they are before it: a server counts from its own
 * beginning, and a home may hold boxes of somebody else.
 */
export async function readBefore(
  context: StepContext,
  { steps }: Program,
  deadlineMs: number,
): Promise<void> {
  for (const call of steps.flatMap((step) => verbs[step.op].calls(step)).filter(isTelling)) {
    if (context.before.has(call.call)) continue;
    const seen = await performOne({ context, deadlineMs, told: undefined, own: undefined }, call);
    context.before.set(call.call, numbersTold(seen));
  }
}
