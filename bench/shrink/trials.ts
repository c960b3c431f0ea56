import type { OpenPerformer } from '../harness/performer.ts';
import { type Effort, effortFor } from './effort.ts';
import { plantedPrograms } from './programs.ts';

/** So many failures to plant, in programs of one length that need so many of their steps. */
export interface ShrinkTrial {
  readonly steps: number;
  readonly needed: number;
  readonly seed: number;
  readonly programs: number;
}

/** What came of it. */
export interface ShrinkResult extends ShrinkTrial {
  readonly efforts: readonly Effort[];
}

/** Opens a performer of shrinks on the model. */
export const openPerformer: OpenPerformer<null, ShrinkTrial, ShrinkResult> = () => ({
  async perform(trial, signal) {
    const { steps, needed, seed, programs } = trial;
    const efforts: Effort[] = [];
    for (const { program, plant } of plantedPrograms(steps, needed, seed)) {
      signal.throwIfAborted();
      efforts.push(await effortFor(program, plant));
      if (efforts.length === programs) break;
    }
    return { ...trial, efforts };
  },
  close: async () => {},
});
