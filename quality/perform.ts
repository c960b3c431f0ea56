import { type Bench, openBench } from './bench.ts';
import type { Proof } from './look-into.ts';
import { minimalProgram, whoCatches } from './minimal.ts';
import { openScout, type Scout } from './scout.ts';
import { trialLine } from './tell.ts';
import { type Setting, tryDefect } from './trial.ts';
import type { Trial } from './trial-record.ts';
import type { Answer, Minimal, Task, WorkerSettings } from './work.ts';

/** Does tasks one after the other, with runtimes that stay open between them. */
export interface Performer {
  perform(task: Task, signal: AbortSignal): Promise<Answer>;
  /** Ends everything it started. */
  close(): Promise<void>;
}

/** A performer; its runtimes are opened when they are first needed. */
export function makePerformer(settings: WorkerSettings, log: (line: string) => void): Performer {
  let clean: Bench | null = null;
  let scout: Scout | null = null;
  return {
    async perform(task, signal) {
      if (task.do === 'scout') {
        scout ??= await openScout(settings.budget.drawing, log);
        return { is: 'scouted', programs: await scouted(scout, task, signal) };
      }
      clean ??= await openBench([], { log });
      return hunted({ settings, clean, log }, task, signal);
    },
    async close() {
      await scout?.close();
      await clean?.close();
    },
  };
}

async function scouted(scout: Scout, task: Task & { do: 'scout' }, signal: AbortSignal) {
  const programs = [];
  for (let index = task.from; index < task.to && !signal.aborted; index++)
    programs.push(await scout.look(task.seed, index, signal));
  return signal.aborted ? [] : programs;
}

interface Hunting {
  readonly settings: WorkerSettings;
  readonly clean: Bench;
  readonly log: (line: string) => void;
}

async function hunted(hunting: Hunting, task: Task & { do: 'hunt' }, signal: AbortSignal): Promise<Answer> {
  const { deadlineFactor } = hunting.settings;
  const { defect, minimum, replay } = task;
  const open = (fresh = false) => openBench([defect], { log: hunting.log, deadlineFactor, fresh });
  const trials: Trial[] = [];
  let minimal: Minimal;
  const spoilt = await open(minimum.fresh);
  try {
    if (replay) minimal = await whoCatches(spoilt, minimalProgram(defect), minimum.class, signal);
    await hunt(hunting, task, { spoilt, open }, trials, signal);
  } catch (error) {
    if (!signal.aborted) throw error;
  } finally {
    await spoilt.close();
  }
  return { is: 'hunted', defect, trials, minimal };
}

async function hunt(
  { settings, clean, log }: Hunting,
  task: Task & { do: 'hunt' },
  runtimes: Pick<Setting, 'spoilt' | 'open'>,
  trials: Trial[],
  signal: AbortSignal,
): Promise<void> {
  const { budget } = settings;
  const proofs = new Map<string, Proof>();
  for (const { seed, reach } of task.seeds) {
    if (signal.aborted) return;
    const trial = await tryDefect({ ...runtimes, clean, proofs, budget, reach, signal }, task.defect, seed);
    trials.push(trial);
    log(trialLine(trial));
  }
}
