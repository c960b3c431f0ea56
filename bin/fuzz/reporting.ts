import type { RunProgram } from '../../program/history.ts';
import { writeReports } from '../../report/write-reports.ts';
import { type Invocation, recordOf } from '../session/invocation.ts';

/** How often the reports are written while the campaign goes on: a killed one leaves the last ones. */
const REPORT_EVERY_MS = 60_000;

/** The invocation's runner, which every minute writes the reports and keeps what else is to last, whatever it runs. */
export function reportingRunner(invocation: Invocation, keep: () => Promise<void>): RunProgram {
  let writtenMs = Date.now();
  return async (program, signal) => {
    const history = await invocation.engine.run(program, signal);
    if (Date.now() - writtenMs < REPORT_EVERY_MS) return history;
    writtenMs = Date.now();
    const soFar = recordOf(invocation, { ended: 'interrupted', why: 'still running, or killed' });
    await writeReports(invocation.dir, soFar).catch((error: Error) =>
      invocation.output.log(`the report so far could not be written: ${error.message}`),
    );
    await keep();
    return history;
  };
}
