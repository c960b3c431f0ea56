import { withPool } from '../bench/harness/pool.ts';
import type { Answer, Minimal, Settings, Task } from './perform.ts';
import { reachOf, type Scouted } from './scout.ts';
import { OUT_OF_REACH, type Planned, type Trial } from './trial.ts';

export interface Measuring {
  readonly hunted: readonly Planned[];
  readonly seeds: number;
  readonly settings: Settings;
  /** Worker processes. */
  readonly jobs: number;
  /** Programs of each seed that are run on the clean runtime first, to learn which defects they come past. */
  readonly scout: number;
  readonly signal: AbortSignal;
  /** Told after every defect, so that what has been measured is kept. */
  readonly onTrials: (planned: Planned, trials: readonly Trial[], minimal: Minimal) => Promise<void>;
}

/** Programs of a scout's task, seeds of a hunt's: small enough that no worker is left alone at the end. */
const SCOUTED = 10;
const SEEDS = 5;

/**
 * Hunts each defect with seeds 1, 2, …, on several worker processes.
 * @returns whether it got to the end; false when the signal was aborted
 */
export function measure(measuring: Measuring): Promise<boolean> {
  const { jobs, settings, signal } = measuring;
  const performer = new URL('perform.ts', import.meta.url);
  return withPool<Task, Answer>({ performer, settings, jobs, signal }, async (make) => {
    const scouted: Scouted[] = [];
    await make(scoutTasks(measuring), (answer) => {
      if (answer.is === 'scouted') scouted.push(...answer.programs);
    });
    await make(huntTasks(measuring, scouted), collector(measuring));
  });
}

function scoutTasks({ seeds, scout, settings }: Measuring): Task[] {
  const upTo = Math.min(scout, settings.budget.programs);
  return seedsUpTo(seeds).flatMap((seed) =>
    range(0, upTo, SCOUTED).map(
      (from): Task => ({ do: 'scout', seed, from, to: Math.min(from + SCOUTED, upTo) }),
    ),
  );
}

function huntTasks({ hunted, seeds }: Measuring, scouted: readonly Scouted[]): Task[] {
  return fromBothEnds(hunted).flatMap(({ defect: { name }, minimum }) =>
    range(0, seeds, SEEDS).map(
      (from): Task => ({
        do: 'hunt',
        defect: name,
        minimum,
        replay: from === 0 && minimum !== OUT_OF_REACH,
        seeds: seedsUpTo(seeds)
          .slice(from, from + SEEDS)
          .map((seed) => ({ seed, reach: reachOf(scouted, name, seed) })),
      }),
    ),
  );
}

/**
 * The last, the first, the last but one, …: those that are late or leave something behind, which end the catalogue,
 * mostly wait, and the others mostly compute, so both go on at a time. Begun last, the late ones would leave one
 * worker alone.
 */
export const fromBothEnds = <T>(items: readonly T[]): T[] =>
  items.map((_, at) => items.at(at % 2 === 0 ? -1 - at / 2 : (at - 1) / 2) as T);

/** Puts the trials of a defect together; they come in any order. */
function collector({ hunted, seeds, onTrials }: Measuring): (answer: Answer) => Promise<void> {
  const planned = new Map(hunted.map((one) => [one.defect.name, one]));
  const made = new Map<string, Trial[]>();
  const minimal = new Map<string, Minimal>();
  return async (answer) => {
    const plan = answer.is === 'hunted' && planned.get(answer.defect);
    if (!plan) return;
    const trials = [...(made.get(answer.defect) ?? []), ...answer.trials].sort((a, b) => a.seed - b.seed);
    made.set(answer.defect, trials);
    if (answer.minimal !== undefined) minimal.set(answer.defect, answer.minimal);
    if (trials.length === seeds) await onTrials(plan, trials, minimal.get(answer.defect));
  };
}

const seedsUpTo = (seeds: number): number[] => Array.from({ length: seeds }, (_, index) => index + 1);

const range = (from: number, to: number, by: number): number[] =>
  Array.from({ length: Math.ceil((to - from) / by) }, (_, index) => from + index * by);
