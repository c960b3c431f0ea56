import { join } from 'node:path';
import { toJson, writeAtomic } from '../../files/write.ts';
import { canonicalSteps } from '../../program/canonical.ts';
import type { History, RunProgram } from '../../program/history.ts';
import type { Program } from '../../program/program.ts';
import { slug } from '../../report/stamp.ts';
import { writeReports } from '../../report/write-reports.ts';
import { signatureOf } from '../../verdict/signature.ts';
import { type Invocation, programLine, recordOf } from '../session/invocation.ts';

/** Programs that did not pass are listed up to here. */
const MOST_LINES = 1000;
/** How often the reports are written while the campaign goes on: a killed one leaves the last ones. */
const REPORT_EVERY_MS = 60_000;

/** Lists the programs of a campaign that did not pass, and keeps those the machine broke under. */
export function onProgram(invocation: Invocation): (history: History) => Promise<void> {
  return async (history) => {
    const { ending, program } = history;
    const name = nameOf(program);
    if (ending.is === 'infrastructure') await keepUnjudged(invocation, program, ending.why);
    const listed = ending.is === 'failed' || ending.is === 'infrastructure';
    if (listed && invocation.programs.length < MOST_LINES) {
      const why = ending.is === 'failed' ? { why: signatureOf(ending.failure).text } : {};
      invocation.programs.push({ ...programLine(name, 'fuzz', history), ...why });
    }
  };
}

async function keepUnjudged({ dir, warnings }: Invocation, program: Program, why: string): Promise<void> {
  const file = join(dir, 'unjudged', `${slug(nameOf(program))}.json`);
  await writeAtomic(file, toJson(program));
  warnings.push(
    `${nameOf(program)} was not judged, the machine broke each time (${why}): ${file}; if it always breaks there, it may be the runtime`,
  );
}

/** A drawn program by its seed, one of the corpus by its note. */
const nameOf = ({ seed, note, steps }: Program): string =>
  seed === undefined ? `corpus: ${note ?? canonicalSteps(steps)}` : `seed ${seed}`;

/** The invocation's runner, which writes the reports every minute, whatever its runs are for. */
export function reportingRunner(invocation: Invocation): RunProgram {
  let writtenMs = Date.now();
  return async (program, signal) => {
    const history = await invocation.engine.run(program, signal);
    if (Date.now() - writtenMs < REPORT_EVERY_MS) return history;
    writtenMs = Date.now();
    const soFar = recordOf(invocation, { ended: 'interrupted', why: 'still running, or killed' });
    await writeReports(invocation.dir, soFar);
    return history;
  };
}
