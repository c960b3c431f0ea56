import type { Bench } from './bench.ts';
import { openBench } from './bench.ts';
import type { Planned } from './plan.ts';
import { type Budget, tryDefect } from './trial.ts';
import type { Trial } from './trial-record.ts';

export interface Measuring {
  readonly hunted: readonly Planned[];
  readonly seeds: number;
  readonly budget: Budget;
  /** Factor for all deadlines on the defective runtimes. */
  readonly patience: number;
  readonly signal: AbortSignal;
  readonly log: (line: string) => void;
  /** Told after every defect, so that what has been measured is kept. */
  readonly onTrials: (planned: Planned, trials: readonly Trial[]) => Promise<void>;
}

/**
 * Hunts each defect with seeds 1, 2, … in turn. The runtime of a defect stays open over its seeds, the clean one
 * over all.
 * @returns whether it got to the end; false when the signal was aborted
 */
export async function measure(measuring: Measuring): Promise<boolean> {
  const { signal, log } = measuring;
  const clean = await openBench([], { log });
  try {
    for (const planned of measuring.hunted) {
      if (signal.aborted) return false;
      const trials = await trialsOf(measuring, planned, clean);
      await measuring.onTrials(planned, trials);
    }
    return !signal.aborted;
  } finally {
    await clean.close();
  }
}

async function trialsOf(measuring: Measuring, planned: Planned, clean: Bench): Promise<Trial[]> {
  const { budget, signal, log, seeds, patience } = measuring;
  const { name } = planned.defect;
  const trials: Trial[] = [];
  const spoilt = await openBench([name], { log, patience, fresh: planned.minimum.fresh ?? false });
  try {
    for (let seed = 1; seed <= seeds && !signal.aborted; seed++) {
      const trial = await tryDefect({ spoilt, clean, budget, signal }, name, seed);
      trials.push(trial);
      log(trialLine(trial));
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  } finally {
    await spoilt.close();
  }
  return trials;
}

/** One trial as a line for whoever watches. */
function trialLine({ defect, seed, programs, result }: Trial): string {
  const head = `${defect} seed ${seed}:`;
  switch (result.is) {
    case 'survived':
      return `${head} SURVIVED ${programs} programs`;
    case 'machine':
      return `${head} the machine broke: ${result.why}`;
    case 'false-alarm':
      return `${head} FALSE ALARM, without the defect too: ${result.without}`;
    case 'killed': {
      const { verdict, shrunk, oracle, originalSteps, replays } = result;
      const steps = `${originalSteps} -> ${shrunk.program.steps.length} steps in ${shrunk.runs} runs`;
      return `${head} ${oracle} after ${programs} programs, ${verdict.class}, ${steps}${replays ? '' : ', DOES NOT REPLAY'}`;
    }
  }
}
