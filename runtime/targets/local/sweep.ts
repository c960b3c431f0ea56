import { mkdirSync } from 'node:fs';
import { deadlines } from '../../../domain/deadlines.ts';
import { removePath } from '../../../files/write.ts';
import { lookUntil } from '../../../machine/until.ts';
import type { Session } from '../../ports/session.ts';
import type { Baseline } from '../../ports/target.ts';
import { emptyHome, type Home } from '../homes.ts';
import { beyond } from '../settled.ts';
import { endServe, ensureServe, type LocalRuntime, placesOf } from './local-runtime.ts';
import { removeTrace, type Trace, traces } from './trace.ts';

/** Gives the baseline of this run, sorted, one line a thing. */
export const baselineOf = (runtime: LocalRuntime): Baseline =>
  traces(placesOf(runtime))
    .map((trace) => trace.line)
    .sort();

/** Says what exists now and did not when the run was opened. */
const leftovers = (runtime: LocalRuntime, initial: Baseline): Trace[] =>
  beyond(traces(placesOf(runtime)), initial, (trace) => trace.line);

/** A killed process needs a moment. */
const FORCED_MS = 2_000;

/** Waits for what is going anyway, then removes the rest by force. What had to be forced, in words. */
export async function forceAway(runtime: LocalRuntime, initial: Baseline): Promise<string[]> {
  const look = () => leftovers(runtime, initial);
  const none = (found: Trace[]) => found.length === 0;
  const stuck = await lookUntil(look, deadlines.goneMs * runtime.setup.deadlineFactor, none);
  for (const trace of stuck) await removeTrace(trace);
  await lookUntil(look, stuck.length > 0 ? FORCED_MS : 0, none);
  return stuck.map((trace) => trace.line);
}

/**
 * Empties both homes, whatever it takes: by the runtime's own means first, then by killing and deleting; a
 * home whose runtime no longer answers is wiped and its server started anew.
 * @param open opens a session, for which the server is started when it is gone.
 * @param initial the baseline of the freshly opened run.
 * @returns what had to be removed, in words.
 */
export async function sweepLocalRuntime(
  runtime: LocalRuntime,
  open: () => Promise<Session>,
  initial: Baseline,
): Promise<string[]> {
  const emptied = async (home: Home) => {
    const session = await open();
    return emptyHome(session, home).finally(() => session.dispose());
  };
  const removed: string[] = [];
  for (const home of ['server', 'local'] as const)
    removed.push(...(await emptied(home).catch((error) => wipe(runtime, home, error))));
  removed.push(...(await forceAway(runtime, initial)));
  if (leftovers(runtime, initial).length > 0)
    removed.push(...(await wipe(runtime, 'server', 'things remain')));
  return removed;
}

/** Removes, as the last resort for a home, its processes and its files; a server starts again on an empty home. */
async function wipe(runtime: LocalRuntime, which: Home, why: unknown): Promise<string[]> {
  const { setup, homes } = runtime;
  setup.log(`${setup.name}: wiping the ${which} home: ${why instanceof Error ? why.message : why}`);
  if (which === 'server') await endServe(runtime, 0);
  const ours = traces({ ...placesOf(runtime), root: homes[which], ignored: [] });
  for (const trace of ours) if (trace.kind !== 'path') await removeTrace(trace);
  removePath(homes[which]);
  mkdirSync(homes[which], { recursive: true });
  if (which === 'server') await ensureServe(runtime);
  return [`the whole ${which} home`];
}
