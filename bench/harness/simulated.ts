import type { Outcome } from '../../model/outcome.ts';
import { emptyWorld } from '../../model/world.ts';
import type { Event, History, RunProgram } from '../../program/history.ts';
import type { Program } from '../../program/program.ts';
import type { Step } from '../../program/step.ts';
import { runCampaign } from '../../search/campaign/campaign.ts';
import { defaultSettings } from '../../search/generate/settings.ts';
import { bootsBetween } from '../../search/worlds/boots.ts';
import { predict } from '../../search/worlds/rules.ts';
import { everySurface, rules } from './reference.ts';

/** What the real runtime takes, seconds: one boot of a VM, and one command beside that. */
export const price = { bootS: 2, commandS: 0.4 } as const;

/** Takes up every step with how it came out, its number and its situation; `stop` ends the program there. */
export type Watch = (step: Step, outcome: Outcome, at: number, situation: string) => unknown;

/** The model itself as the runtime: it answers every step with the usual outcome, and time is only counted. */
interface Simulated {
  readonly run: RunProgram;
  /** Simulated milliseconds so far. */
  now(): number;
  readonly spent: { boots: number; commands: number; programs: number };
  /** The programs it was given, in order. */
  readonly programs: Program[];
}

/** A campaign on the model: its seed, the share of programs that coverage guides, and when it ends. */
interface SimulatedCampaign {
  readonly seed: number;
  readonly guided: number;
  readonly programs?: number;
  /** Simulated seconds. */
  readonly seconds?: number;
}

/** Runs a campaign as `fuzz` does, on the model with a simulated clock. */
export async function simulateCampaign(campaign: SimulatedCampaign, watch?: Watch): Promise<Simulated> {
  const runtime = simulatedRuntime(watch);
  await runCampaign({
    ...campaign,
    rules,
    surfaces: new Set(everySurface),
    settings: { ...defaultSettings, guided: campaign.guided },
    run: runtime.run,
    guided: campaign.guided > 0,
    onFinding: () => {},
    signal: new AbortController().signal,
    clock: { now: runtime.now },
  });
  return runtime;
}

function simulatedRuntime(watch?: Watch): Simulated {
  const spent = { boots: 0, commands: 0, programs: 0 };
  const programs: Program[] = [];
  return {
    spent,
    programs,
    now: () => (spent.boots * price.bootS + spent.commands * price.commandS) * 1000,
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
    const answer = { allowed: [], seen: { is: 'done' } as const, matched: outcome.label };
    events.push({ index, step, situation, ...answer, startedMs: 0, runtimeMs: 0, harnessMs: 0 });
    boots += bootsBetween(world, outcome.next, step);
    if (watch(step, outcome, index, situation) === 'stop') break;
    world = outcome.next;
  }
  return { events, boots };
}

/** A history of a program that passed in no time. */
export const historyOf = (program: Program, events: Event[]): History => ({
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
