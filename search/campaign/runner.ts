import type { RunProgram } from '../../program/history.ts';
import type { Program } from '../../program/program.ts';
import { countRun } from './totals.ts';
import type { CampaignOptions, Totals } from './types.ts';

/** Runs of one program that the machine may spoil before it is left alone. */
const MAX_SPOILT = 3;
/** Programs in a row that the machine spoilt before the campaign gives up. */
const MAX_SPOILT_PROGRAMS = 3;

/** What it takes to run programs on a machine that may break. */
export type Recovery = Pick<CampaignOptions, 'run' | 'onHistory' | 'onUnjudged' | 'recover'>;

/** The machine did not come back: nothing more can be found. */
export class LostMachineError extends Error {
  override name = 'LostMachineError';
}

/**
 * A `RunProgram` that counts every run and, when the machine breaks, brings it back and runs the program once
 * more. A program that keeps spoiling runs is handed back as infrastructure: neither passed nor failed.
 */
export function recoveringRunner(options: Recovery, totals: Totals): RunProgram {
  let spoiltPrograms = 0;
  return async (program, signal) => {
    for (let spoilt = 1; ; spoilt++) {
      const history = await options.run(program, signal);
      countRun(totals, history);
      await options.onHistory?.(history);
      if (history.ending.is !== 'infrastructure') {
        spoiltPrograms = 0;
        return history;
      }
      if (signal.aborted) return history;
      await recover(options, history.ending.why);
      if (spoilt < MAX_SPOILT) continue;
      await options.onUnjudged?.(history);
      if (++spoiltPrograms >= MAX_SPOILT_PROGRAMS)
        throw new LostMachineError(lostText(history.ending.why, program));
      return history;
    }
  };
}

async function recover(options: Recovery, why: string): Promise<void> {
  try {
    await options.recover(why);
  } catch (error) {
    throw new LostMachineError(
      `the machine is lost (${why}) and did not come back: ${(error as Error).message}`,
    );
  }
}

const lostText = (why: string, program: Program): string =>
  `the machine broke in ${MAX_SPOILT_PROGRAMS} programs in a row, ${MAX_SPOILT} times each; last: ${why} (a program of ${program.steps.length} steps)`;
