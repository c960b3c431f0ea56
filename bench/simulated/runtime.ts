import type { Outcome } from '../../model/outcome.ts';
import { emptyWorld, type World } from '../../model/world.ts';
import type { Event, History, RunProgram } from '../../program/history.ts';
import type { Program } from '../../program/program.ts';
import type { Step } from '../../program/step.ts';
import { bootsBetween } from '../../search/worlds/boots.ts';
import { predict } from '../../search/worlds/rules.ts';
import { rules } from '../harness/reference.ts';
import { seconds } from './price.ts';

/** Takes up every step, with the world before it and how it came out; `stop` ends the program there. */
export type Watch = (world: World, step: Step, outcome: Outcome, at: number, situation: string) => unknown;

/** The model itself as the runtime: it answers every step with the usual outcome, and time is only counted. */
export interface Simulated {
  readonly run: RunProgram;
  /** Simulated milliseconds so far. */
  now(): number;
  readonly spent: { boots: number; commands: number; programs: number };
  /** The programs it was given, in order. */
  readonly programs: Program[];
}

/** A simulated runtime; `watch` is given the steps of every program. */
export function simulatedRuntime(watch: Watch = () => {}): Simulated {
  const spent = { boots: 0, commands: 0, programs: 0 };
  const programs: Program[] = [];
  return {
    spent,
    programs,
    now: () => seconds(spent) * 1000,
    run: async (program) => {
      const { events, boots } = play(program, watch);
      spent.programs = programs.push(program);
      spent.boots += boots;
      spent.commands += events.length;
      return historyOf(program, events);
    },
  };
}

/** The steps of a program as far as the contract speaks of them, with the boots they cost. */
export function play(program: Program, watch: Watch = () => {}): { events: Event[]; boots: number } {
  let world = emptyWorld;
  let boots = 0;
  const events: Event[] = [];
  for (const [index, step] of program.steps.entries()) {
    const [outcome] = predict(rules, world, step)?.outcomes ?? [];
    if (!outcome) break;
    const situation = rules.situation(world, step);
    events.push(eventOf(index, step, situation, outcome.label));
    boots += bootsBetween(world, outcome.next, step);
    if (watch(world, step, outcome, index, situation) === 'stop') break;
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

/** A history of a program that passed, or ended otherwise, in no time. */
export const historyOf = (
  program: Program,
  events: Event[],
  ending: History['ending'] = { is: 'passed' },
): History => ({
  program,
  identity: { target: 'reference', version: 'simulated', details: { runtime: 'the model, simulated clock' } },
  events,
  ending,
  known: {},
  missed: {},
  cutShort: program.steps.length - events.length,
  boxes: 0,
  startedAt: new Date(0).toISOString(),
  totalMs: 0,
  runtimeMs: 0,
});
