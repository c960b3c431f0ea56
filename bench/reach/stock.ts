import * as fc from 'fast-check';
import { programSeed } from '../../search/generate/seed.ts';
import { bootsBetween } from '../../search/worlds/boots.ts';
import { seconds } from '../simulated/price.ts';
import { stockStart } from '../stock/command.ts';
import { type StockShape, stockPrograms } from '../stock/commands.ts';
import type { Level } from './about.ts';
import { cellsOfStep } from './cells.ts';
import { noGrams } from './grams.ts';
import type { Snapshot } from './search.ts';
import { Tracker } from './tracker.ts';

/** What `fc.commands` covers in the same simulated time, and how many of its commands it skips. */
export async function coverByStock(task: {
  readonly seed: number;
  readonly minutes: number;
  readonly levels: readonly Level[];
  readonly shape: StockShape;
}): Promise<Snapshot & { readonly skipped: number }> {
  const grams = Object.fromEntries(task.levels.map((level) => [level, noGrams()])) as Snapshot['grams'];
  const goals = new Set<string>();
  const spent = { boots: 0, commands: 0, programs: 0 };
  const programs = stockPrograms(task.shape);
  let drawn = 0;
  for (let index = 0; seconds(spent) < task.minutes * 60; index++) {
    const [commands] = fc.sample(programs, {
      seed: programSeed(task.seed, index),
      numRuns: 1,
    });
    if (!commands) break;
    const trackers = task.levels.map((level) => new Tracker(level, grams[level]));
    const model = stockStart();
    await fc.asyncModelRun(
      () => ({
        model,
        real: {
          step(step, world, outcome) {
            for (const cell of cellsOfStep(world, step, outcome)) goals.add(cell);
            for (const tracker of trackers) tracker.take(world, step, outcome);
            spent.boots += bootsBetween(world, outcome.next, step);
          },
        },
      }),
      commands,
    );
    drawn += [...commands].length;
    spent.commands += model.executed.length;
    if (model.executed.length > 0) spent.programs++;
  }
  return {
    minutes: task.minutes,
    ...spent,
    goals,
    grams,
    skipped: drawn === 0 ? 0 : 1 - spent.commands / drawn,
  };
}
