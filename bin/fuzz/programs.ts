import { join } from 'node:path';
import { toJson, writeAtomic } from '../../files/write.ts';
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

/** Gives the file that a program is from, for one of the corpus. */
export type FileOf = (program: Program) => string | undefined;

/** Lists the programs of a campaign that did not pass, and keeps those the machine broke under. */
export function onProgram(invocation: Invocation, fileOf: FileOf): (history: History) => Promise<void> {
  let drawn = 0;
  return async (history) => {
    const { ending, program } = history;
    const name = fileOf(program) ?? drawnName(program, ++drawn);
    if (ending.is === 'infrastructure') await keepUnjudged(invocation, { name, program }, ending.why);
    const listed = ending.is === 'failed' || ending.is === 'infrastructure';
    if (listed && invocation.programs.length < MOST_LINES) {
      const why = ending.is === 'failed' ? { why: signatureOf(ending.failure).text } : {};
      invocation.programs.push({ ...programLine(name, 'fuzz', history), ...why });
    }
  };
}

async function keepUnjudged(
  { dir, warnings }: Invocation,
  { name, program }: { readonly name: string; readonly program: Program },
  why: string,
): Promise<void> {
  const file = join(dir, 'unjudged', `${slug(name)}.json`);
  await writeAtomic(file, toJson(program));
  warnings.push(
    `${name} was not judged, the machine broke each time (${why}): ${file}; if it always breaks there, it may be the runtime`,
  );
}

/** By its seed where that draws it again, else by its number in the campaign. */
const drawnName = ({ seed }: Program, number: number): string =>
  seed === undefined ? `program ${number}` : `seed ${seed}`;

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
