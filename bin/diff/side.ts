import type { History, RunProgram } from '../../program/history.ts';
import { duration } from '../../report/stamp.ts';
import { describeObservation } from '../../report/text/observation.ts';
import { LostMachineError, steadyRunner } from '../../search/investigate/steady-runner.ts';
import { observe, type Rate } from '../../verdict/diff.ts';
import { sameSignature } from '../../verdict/signature.ts';
import type { Engine } from '../session/engine.ts';
import type { SideLedger } from './ledger.ts';
import type { PlannedProgram } from './plan.ts';

/** What running programs on one side came to. */
export interface SideTotals {
  readonly spoilt: number;
  readonly endedEarly?: string;
}

interface Setting {
  readonly engine: Engine;
  readonly ledger: SideLedger;
  /** Runs of a program that fails, in all. */
  readonly times: number;
  readonly signal: AbortSignal;
  readonly log: (line: string) => void;
  /** Said after each program. */
  readonly remark: (name: string) => string;
}

/**
 * Runs programs one after another and keeps what was seen. A broken machine is repaired and the program run
 * again; a machine that is lost ends this side, not the comparison.
 * @param next the program number `i`; null when there is no other, or no time for it
 */
export async function runSide(
  setting: Setting,
  next: (i: number) => PlannedProgram | null,
): Promise<SideTotals> {
  const { run, broken } = steady(setting);
  try {
    for (let i = 0; !setting.signal.aborted; i++) {
      const planned = next(i);
      if (planned && setting.ledger.entries.has(planned.name)) continue;
      if (!planned) return await finished(setting, broken());
      await runOne(setting, run, planned, i);
    }
    return { spoilt: broken(), endedEarly: 'interrupted' };
  } catch (error) {
    if (!(error instanceof LostMachineError)) throw error;
    return { spoilt: broken(), endedEarly: error.message };
  }
}

async function finished({ ledger }: Setting, spoilt: number): Promise<SideTotals> {
  await ledger.close();
  return { spoilt };
}

async function runOne(setting: Setting, run: RunProgram, planned: PlannedProgram, i: number): Promise<void> {
  const { ledger, signal, log, remark } = setting;
  const { name, program } = planned;
  const history = await run(program, signal);
  if (history.ending.is === 'interrupted') return;
  const rate = await rateOf(setting, run, history);
  await ledger.add({ name, program, run: observe(history, describeObservation, rate) });
  const said = [`[${i + 1}] ${ledger.label}: ${name}: ${lineOf(history, rate)}`, remark(name)];
  log(said.filter(Boolean).join(': '));
}

/** A failure that depends on timing is only worth its rate; undefined where nothing failed. */
async function rateOf(
  { times, signal }: Setting,
  run: RunProgram,
  first: History,
): Promise<Rate | undefined> {
  if (first.ending.is !== 'failed') return undefined;
  const { failure } = first.ending;
  const rate = { same: 1, runs: 1 };
  for (let i = 1; i < times && !signal.aborted; i++) {
    const { ending } = await run(first.program, signal);
    if (ending.is !== 'failed' && ending.is !== 'passed') continue;
    rate.runs += 1;
    if (ending.is === 'failed' && sameSignature(ending.failure, failure)) rate.same += 1;
  }
  return rate;
}

function steady({ engine, ledger, log }: Setting): { run: RunProgram; broken: () => number } {
  let broken = 0;
  const run: RunProgram = async (program, signal) => {
    const history = await engine.run(program, signal);
    if (history.ending.is === 'infrastructure') broken++;
    return history;
  };
  const recover = async (why: string): Promise<void> => {
    log(`${ledger.label}: infrastructure, not the runtime: ${why}; repairing`);
    await engine.target.recover();
  };
  return { run: steadyRunner({ run, recover }), broken: () => broken };
}

const lineOf = ({ program, boxes, totalMs, ending }: History, rate: Rate | undefined): string =>
  `${program.steps.length} steps, ${boxes} boxes, ${duration(totalMs)}, ${ending.is}${rate ? ` in ${rate.same} of ${rate.runs} runs` : ''}`;
