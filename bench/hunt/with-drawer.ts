import type { Program } from '../../program/program.ts';
import type { Bench } from '../../quality/bench.ts';
import type { DefectName } from '../../reference/defects.ts';
import { ownEvents } from '../../search/own-events.ts';
import type { Failure } from '../../verdict/failure.ts';
import { play } from '../simulated/runtime.ts';
import type { Drawer } from './drawers.ts';
import type { Hunt, HuntBudget } from './hunt.ts';
import { shrunkSteps } from './shrunk.ts';

/** Draws and runs programs on a runtime with a defect until one fails; the runner and the oracle are ours. */
export async function huntWith(
  drawer: Drawer,
  defect: DefectName,
  bench: Bench,
  budget: HuntBudget,
  signal: AbortSignal,
): Promise<Hunt> {
  const spent = { programs: 0, steps: 0, skipped: 0, boots: 0 };
  const begunMs = performance.now();
  let found: { program: Program; failure: Failure } | null = null;
  while (!found && spent.programs < budget.programs && spent.steps < budget.steps) {
    const { program, skipped } = await drawer.draw(spent.programs++);
    spent.skipped += skipped;
    if (program.steps.length === 0) continue;
    const history = await bench.run(program, signal);
    signal.throwIfAborted();
    const steps = ownEvents(history).length;
    spent.steps += steps;
    spent.boots += play({ ...program, steps: program.steps.slice(0, steps) }, () => {}).boots;
    if (history.ending.is === 'infrastructure') throw new Error(`bench: ${history.ending.why}`);
    if (history.ending.is === 'failed') found = { program, failure: history.ending.failure };
  }
  const seconds = (performance.now() - begunMs) / 1000;
  const shrunk = found && drawer.ours ? await shrunkSteps(bench, found.program, found.failure, signal) : null;
  return { tool: drawer.tool, defect, found: found !== null, ...spent, seconds, shrunk };
}
