import { rules } from '../../quality/bench.ts';
import { runCampaign } from '../../search/campaign/campaign.ts';
import { defaultSettings, type SearchSettings, sharing } from '../../search/generate/settings.ts';
import { simulatedRuntime } from '../simulated/runtime.ts';
import type { Level } from './about.ts';
import { cellsOfStep } from './cells.ts';
import { type Grams, noGrams } from './grams.ts';
import { Tracker } from './tracker.ts';

/** What a campaign covered by a moment of simulated time. */
export interface Snapshot {
  readonly minutes: number;
  readonly programs: number;
  readonly commands: number;
  readonly boots: number;
  /** See `cellsOfStep`. */
  readonly goals: ReadonlySet<string>;
  readonly grams: Readonly<Record<Level, Grams>>;
}

export interface SearchTask {
  readonly seed: number;
  readonly minutes: number;
  readonly levels: readonly Level[];
  /** Share of programs that are guided: `fuzz --guided`. */
  readonly guided: number;
  readonly settings?: SearchSettings;
}

/** Runs the campaign as `fuzz` does, on the model with a simulated clock. */
export async function coverBySearch(task: SearchTask): Promise<Snapshot> {
  const grams = Object.fromEntries(task.levels.map((level) => [level, noGrams()])) as Snapshot['grams'];
  const goals = new Set<string>();
  const runtime = simulatedRuntime(() => {
    const trackers = task.levels.map((level) => new Tracker(level, grams[level]));
    return (world, step, outcome) => {
      for (const cell of cellsOfStep(world, step, outcome)) goals.add(cell);
      for (const tracker of trackers) tracker.take(world, step, outcome);
    };
  });
  await runCampaign({
    seed: task.seed,
    rules,
    surfaces: new Set(['cli', 'url', 'rest']),
    settings: sharing(task.settings ?? defaultSettings, task.guided),
    run: runtime.run,
    seconds: task.minutes * 60,
    guided: task.guided > 0,
    onFinding: () => {},
    signal: new AbortController().signal,
    clock: { now: runtime.now },
  });
  return { minutes: task.minutes, ...runtime.spent, goals, grams };
}
