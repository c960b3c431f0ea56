import type { Outcome } from '../../model/outcome.ts';
import type { World } from '../../model/world.ts';
import { emptyWorld } from '../../model/world.ts';
import type { Event, History, RunProgram } from '../../program/history.ts';
import type { Program } from '../../program/program.ts';
import type { Step } from '../../program/step.ts';
import { rules } from '../../quality/bench.ts';
import { bootsBetween } from '../../search/worlds/boots.ts';
import { predict } from '../../search/worlds/rules.ts';
import { seconds } from './price.ts';

/** Told of every step, with the world before it and how it came out. */
export type Watch = (world: World, step: Step, outcome: Outcome) => void;

/** The model itself as the runtime: it answers every step with the usual outcome, and time is only counted. */
export interface Simulated {
  readonly run: RunProgram;
  /** Simulated milliseconds so far. */
  now(): number;
  readonly spent: { boots: number; commands: number; programs: number };
}

/** A simulated runtime; `watch` is given each program's steps, beginning with what it makes of a new program. */
export function simulatedRuntime(watch: () => Watch): Simulated {
  const spent = { boots: 0, commands: 0, programs: 0 };
  return {
    spent,
    now: () => seconds(spent) * 1000,
    run: async (program) => {
      spent.programs++;
      const played = play(program, watch());
      spent.boots += played.boots;
      spent.commands += played.events.length;
      return historyOf(program, played.events);
    },
  };
}

/** The steps of a program as far as the contract speaks of them, with the boots they cost. */
export function play(program: Program, watch: Watch): { events: Event[]; boots: number } {
  let world = emptyWorld;
  let boots = 0;
  const events: Event[] = [];
  for (const [index, step] of program.steps.entries()) {
    const prediction = predict(rules, world, step);
    if (!prediction) break;
    const [outcome] = prediction.outcomes;
    watch(world, step, outcome);
    events.push(eventOf(index, step, rules.situation(world, step), outcome.label));
    boots += bootsBetween(world, outcome.next, step);
    world = outcome.next;
  }
  return { events, boots };
}

const eventOf = (index: number, step: Step, situation: string, label: string): Event => ({
  index,
  step,
  situation,
  allowed: [],
  seen: { is: 'done' },
  matched: label,
  startedMs: 0,
  runtimeMs: 0,
  harnessMs: 0,
});

const historyOf = (program: Program, events: Event[]): History => ({
  program,
  identity: { target: 'reference', version: 'simulated', details: { runtime: 'the model, simulated clock' } },
  events,
  ending: { is: 'passed' },
  known: {},
  missed: {},
  cutShort: program.steps.length - events.length,
  boxes: 0,
  startedAt: new Date(0).toISOString(),
  totalMs: 0,
  runtimeMs: 0,
});
