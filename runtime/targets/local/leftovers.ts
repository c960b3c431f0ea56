import { deadlines } from '../../../domain/deadlines.ts';
import { lookUntil } from '../../../machine/until.ts';
import type { Baseline } from '../../ports/target.ts';
import { beyond } from '../settled.ts';
import { type LocalRuntime, placesOf } from './local-runtime.ts';
import { removeTrace, type Trace, traces } from './trace.ts';

/** Gives the baseline of this run, sorted, one line a thing. */
export const baselineOf = (runtime: LocalRuntime): Baseline =>
  traces(placesOf(runtime))
    .map((trace) => trace.line)
    .sort();

/** Says what exists now and did not when the run was opened. */
export const leftovers = (runtime: LocalRuntime, initial: Baseline): Trace[] =>
  beyond(traces(placesOf(runtime)), initial, (trace) => trace.line);

/** A killed process needs a moment. */
const FORCED_MS = 2_000;

/** Waits for what is going anyway, then removes the rest by force. What had to be forced, in words. */
export async function forceAway(runtime: LocalRuntime, initial: Baseline): Promise<string[]> {
  const look = () => leftovers(runtime, initial);
  const none = (found: Trace[]) => found.length === 0;
  const stuck = await lookUntil(look, none, deadlines.goneMs * runtime.setup.deadlineFactor);
  for (const trace of stuck) await removeTrace(trace);
  await lookUntil(look, none, stuck.length > 0 ? FORCED_MS : 0);
  return stuck.map((trace) => trace.line);
}
