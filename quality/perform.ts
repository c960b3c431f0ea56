import { log } from '../bench/harness/command.ts';
import type { OpenPerformer } from '../bench/harness/performer.ts';
import { openReference, type Reference } from '../bench/harness/reference.ts';
import type { DefectName } from '../reference/defects.ts';
import type { Proof } from './look-into.ts';
import { drawnAs, type Programs } from './programs.ts';
import { openScout, type Reach, type Scout, type Scouted } from './scout.ts';
import { type Catcher, minimalProgram, type Reachable, type Trial, trialLine, whoCatches } from './trial.ts';
import { type Budget, tryDefect } from './try-defect.ts';

/** One piece of work for a worker process. */
export type Task = ScoutTask | HuntTask;

interface ScoutTask {
  readonly do: 'scout';
  readonly seed: number;
  readonly from: number;
  readonly to: number;
}

interface HuntTask {
  readonly do: 'hunt';
  readonly defect: DefectName;
  readonly minimum: Reachable;
  /** Run the shortest known program too. */
  readonly replay: boolean;
  readonly seeds: readonly { readonly seed: number; readonly reach: Reach }[];
}

/** What a worker is told once. */
export interface Settings {
  readonly budget: Budget;
  /** Factor for all deadlines on the defective runtimes. */
  readonly deadlineFactor: number;
}

/** Who caught the shortest known program: null for nobody, undefined when it was not run. */
export type Minimal = Catcher | null | undefined;

/** What came of a task; less than was asked for when it was stopped. */
export type Answer =
  | { readonly is: 'scouted'; readonly programs: readonly Scouted[] }
  | {
      readonly is: 'hunted';
      readonly defect: DefectName;
      readonly trials: readonly Trial[];
      readonly minimal: Minimal;
    };

/** Opens a performer of the scoreboard's tasks; its runtimes are opened when they are first needed. */
export const openPerformer: OpenPerformer<Settings, Task, Answer> = (settings) => {
  let clean: Reference | null = null;
  let scout: Scout | null = null;
  const draw = drawnAs(settings.budget);
  return {
    async perform(task, signal) {
      if (task.do === 'scout') {
        scout ??= await openScout(draw, log);
        return { is: 'scouted', programs: await scouted(scout, task, signal) };
      }
      clean ??= await openReference([], { log });
      return hunted({ ...settings, draw, clean }, task, signal);
    },
    async close() {
      await scout?.close();
      await clean?.close();
    },
  };
};

async function scouted(scout: Scout, { seed, from, to }: ScoutTask, signal: AbortSignal) {
  const programs: Scouted[] = [];
  for (let index = from; index < to && !signal.aborted; index++)
    programs.push(await scout.look(seed, index, signal));
  return signal.aborted ? [] : programs;
}

async function hunted(
  { clean, draw, budget, deadlineFactor }: Settings & { clean: Reference; draw: Programs },
  { defect, minimum, replay, seeds }: HuntTask,
  signal: AbortSignal,
): Promise<Answer> {
  const open = (fresh = false) => openReference([defect], { log, deadlineFactor, fresh });
  const proofs = new Map<string, Proof>();
  const trials: Trial[] = [];
  let minimal: Minimal;
  const defective = await open(minimum.fresh);
  try {
    if (replay) minimal = await whoCatches(defective, minimalProgram(defect), signal);
    for (const { seed, reach } of seeds) {
      const trial = await tryDefect(
        { defective, open, clean, proofs, draw, budget, reach, signal },
        defect,
        seed,
      );
      trials.push(trial);
      log(trialLine(trial));
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  } finally {
    await defective.close();
  }
  return { is: 'hunted', defect, trials, minimal };
}
