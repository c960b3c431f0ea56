import { duration } from '../report/stamp.ts';
import type { History, RunProgram } from '../run/history.ts';
import { LostMachineError, recoveringRunner } from '../search/campaign/runner.ts';
import { noTotals } from '../search/campaign/totals.ts';
import { coverageTable } from '../search/coverage.ts';
import type { ObservedRun } from '../verdict/diff.ts';
import type { SideLedger } from './diff-ledger.ts';
import type { PlannedProgram } from './diff-plan.ts';
import type { Engine } from './engine.ts';

/** What running programs on one side came to. */
export interface SideTotals {
  spoilt: number;
  endedEarly?: string;
}

interface Setting {
  readonly label: string;
  readonly engine: Engine;
  readonly ledger: SideLedger;
  readonly signal: AbortSignal;
  readonly log: (line: string) => void;
  /** Said after each program. */
  readonly remark: (name: string, run: ObservedRun) => string;
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
  const { signal, ledger, log, label } = setting;
  const { run, spoilt } = onWellMachine(setting);
  try {
    for (let i = 0; !signal.aborted; i++) {
      const planned = next(i);
      if (!planned) return { spoilt: spoilt() };
      const history = await run(planned.program, signal);
      if (history.ending.is === 'interrupted') break;
      const observed = await ledger.add(planned.name, history);
      const remark = setting.remark(planned.name, observed);
      log(`[${i + 1}] ${label}: ${planned.name}: ${lineOf(history)}${remark === '' ? '' : `: ${remark}`}`);
    }
    return { spoilt: spoilt(), endedEarly: 'interrupted' };
  } catch (error) {
    if (!(error instanceof LostMachineError)) throw error;
    return { spoilt: spoilt(), endedEarly: error.message };
  }
}

function onWellMachine({ engine, label, log }: Setting): { run: RunProgram; spoilt: () => number } {
  const totals = noTotals(coverageTable());
  const recover = async (why: string): Promise<void> => {
    log(`${label}: infrastructure, not the runtime: ${why}; repairing`);
    await engine.target.recover();
  };
  return { run: recoveringRunner({ run: engine.run, recover }, totals), spoilt: () => totals.infrastructure };
}

const lineOf = ({ program, boxes, totalMs, ending }: History): string =>
  `${program.steps.length} steps, ${boxes} boxes, ${duration(totalMs)}, ${ending.is}`;
