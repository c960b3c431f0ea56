import type { Program } from '../../program/program.ts';
import type { Visit } from '../../quality/reach.ts';
import type { Scout } from '../../quality/scout.ts';
import { play } from '../simulated/runtime.ts';
import type { Drawer } from './drawers.ts';
import type { HuntBudget } from './hunt.ts';

/** A program of a drawer, and what it does on the runtime without a defect. */
export interface Observation extends Visit {
  readonly program: Program;
  /** Steps drawn for it that will not be executed. */
  readonly skipped: number;
  readonly boots: number;
  readonly seconds: number;
}

/**
 * The programs a drawer has for a hunt, each run once on the clean runtime: hunts of all defects draw the same
 * ones, and one that never comes to the site of a defect need not be run against it.
 */
export async function seenPrograms(
  drawer: Drawer,
  budget: HuntBudget,
  visit: Scout['visit'],
  signal: AbortSignal,
): Promise<Observation[]> {
  const seen: Observation[] = [];
  for (let steps = 0; seen.length < budget.programs && steps < budget.steps; ) {
    const { program, skipped } = await drawer.draw(seen.length);
    const begunMs = performance.now();
    // A program without steps costs nothing and shows nothing.
    const found = program.steps.length === 0 ? { steps: 0, sites: [] } : await visit(program, signal);
    signal.throwIfAborted();
    const seconds = (performance.now() - begunMs) / 1000;
    seen.push({ program, skipped, ...found, boots: play(program, () => {}).boots, seconds });
    steps += found.steps;
  }
  return seen;
}
