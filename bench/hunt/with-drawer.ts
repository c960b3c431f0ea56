import type { Failure } from '../../program/failure.ts';
import { ownEvents } from '../../program/own-events.ts';
import type { Program } from '../../program/program.ts';
import type { Bench } from '../../quality/bench.ts';
import { mayShow } from '../../quality/reach.ts';
import type { DefectName } from '../../reference/defects.ts';
import { play } from '../simulated/runtime.ts';
import type { Drawer } from './drawers.ts';
import type { Hunt, HuntBudget } from './hunt.ts';
import type { Observation } from './seen.ts';
import { shrunkSteps } from './shrunk.ts';

/** What is hunted, where, and with which programs. */
export interface Chase {
  readonly drawer: Drawer;
  readonly defect: DefectName;
  readonly bench: Bench;
  readonly programs: readonly Observation[];
  readonly budget: HuntBudget;
  readonly signal: AbortSignal;
}

/**
 * Runs programs on a runtime with a defect until one fails; the runner and the oracle are ours. What never comes
 * to the defect's site counts with what it cost without the defect, and is not run again.
 */
export async function huntWith({ drawer, defect, bench, programs, budget, signal }: Chase): Promise<Hunt> {
  const spent = { programs: 0, steps: 0, skipped: 0, boots: 0, seconds: 0 };
  let found: { program: Program; failure: Failure } | null = null;
  for (const seen of programs) {
    if (found || spent.steps >= budget.steps) break;
    spent.programs++;
    spent.skipped += seen.skipped;
    if (!mayShow(defect, seen)) {
      for (const key of ['steps', 'boots', 'seconds'] as const) spent[key] += seen[key];
      continue;
    }
    const { program } = seen;
    const begunMs = performance.now();
    const history = await bench.run(program, signal);
    signal.throwIfAborted();
    const steps = ownEvents(history).length;
    spent.seconds += (performance.now() - begunMs) / 1000;
    spent.steps += steps;
    spent.boots += play({ ...program, steps: program.steps.slice(0, steps) }, () => {}).boots;
    if (history.ending.is === 'infrastructure') throw new Error(`bench: ${history.ending.why}`);
    if (history.ending.is === 'failed') found = { program, failure: history.ending.failure };
  }
  const shrunk = found && drawer.ours ? await shrunkSteps(bench, found.program, found.failure, signal) : null;
  return { tool: drawer.tool, defect, found: found !== null, ...spent, shrunk };
}
