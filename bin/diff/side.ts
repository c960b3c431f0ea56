import type { History, RunProgram } from '../../program/history.ts';
import type { DiffSide } from '../../report/diff/record.ts';
import { duration } from '../../report/stamp.ts';
import { describeObservation } from '../../report/text/observation.ts';
import { LostMachineError, steadyRunner } from '../../search/investigate/steady-runner.ts';
import { type ObservedRun, observe, type Rate } from '../../verdict/diff.ts';
import { sameSignature } from '../../verdict/signature.ts';
import type { Engine } from '../session/engine.ts';
import type { NamedProgram } from './plan.ts';

/** What one side has done, and what it has seen, by the programs' names. */
export interface RanSide {
  readonly side: DiffSide;
  readonly seen: ReadonlyMap<string, NamedProgram & { readonly run: ObservedRun }>;
  readonly warnings: readonly string[];
}

/** How one side is run. */
export interface SideSetting {
  /** Milliseconds since the epoch after which no program begins, except the first. */
  readonly deadlineMs: number;
  /** Runs of a program that fails, in all. */
  readonly times: number;
  readonly signal: AbortSignal;
  readonly log: (line: string) => void;
}

/**
 * Runs programs one after another and keeps what was seen. A broken machine is repaired and the program run
 * again; a machine that is lost ends this side, not the comparison.
 */
export async function runSide(
  label: string,
  engine: Engine,
  programs: Iterable<NamedProgram> | AsyncIterable<NamedProgram>,
  setting: SideSetting,
): Promise<RanSide> {
  const { deadlineMs, signal, log } = setting;
  const side: DiffSide = { label, environment: engine.environment, programs: 0, spoilt: 0 };
  const seen = new Map<string, NamedProgram & { run: ObservedRun }>();
  const run = onWellMachine(engine, side, log);
  try {
    for await (const { name, program } of programs) {
      if (signal.aborted || (seen.size > 0 && Date.now() >= deadlineMs)) break;
      const history = await run(program, signal);
      if (history.ending.is === 'interrupted') break;
      const rate = await rateOf(history, run, setting);
      seen.set(name, { name, program, run: observe(history, describeObservation, rate) });
      side.programs = seen.size;
      log(`[${seen.size}] ${label}: ${name}: ${lineOf(history, rate)}`);
    }
    if (signal.aborted) side.endedEarly = 'interrupted';
  } catch (error) {
    if (!(error instanceof LostMachineError)) throw error;
    side.endedEarly = error.message;
  }
  return { side, seen, warnings: engine.warnings };
}

/** A runner that repairs the machine; runs that it spoils are counted. */
const onWellMachine = ({ run, target }: Engine, side: DiffSide, log: SideSetting['log']): RunProgram =>
  steadyRunner({
    run: async (program, signal) => {
      const history = await run(program, signal);
      if (history.ending.is === 'infrastructure') side.spoilt += 1;
      return history;
    },
    recover: async (why) => {
      log(`${side.label}: infrastructure, not the runtime: ${why}; repairing`);
      await target.recover();
    },
  });

/** A failure that depends on timing is only worth its rate; undefined where nothing failed. */
async function rateOf(
  { program, ending }: History,
  run: RunProgram,
  { times, signal }: SideSetting,
): Promise<Rate | undefined> {
  if (ending.is !== 'failed') return undefined;
  const rate = { same: 1, runs: 1 };
  for (let i = 1; i < times && !signal.aborted; i++) {
    const { ending: again } = await run(program, signal);
    if (again.is === 'failed' || again.is === 'passed') rate.runs += 1;
    if (again.is === 'failed' && sameSignature(again.failure, ending.failure)) rate.same += 1;
  }
  return rate;
}

const lineOf = ({ program, boxes, totalMs, ending }: History, rate: Rate | undefined): string =>
  `${program.steps.length} steps, ${boxes} boxes, ${duration(totalMs)}, ${ending.is}${rate ? ` in ${rate.same} of ${rate.runs} runs` : ''}`;
