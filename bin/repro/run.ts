import { type History, hasFailed, unjudgedText } from '../../program/history.ts';
import type { Program } from '../../program/program.ts';
import { provenance } from '../../report/summary.ts';
import { failureLines } from '../../report/text/failure.ts';
import { traceLines } from '../../report/text/trace.ts';
import { rateOf } from '../../verdict/rate.ts';
import { programName } from '../corpus/files.ts';
import type { Globals } from '../options/globals.ts';
import { expectedSignature, readProgramFile } from '../options/program-file.ts';
import { findingsWithin } from '../session/findings.ts';
import { type End, type Invocation, invoke, programLine } from '../session/invocation.ts';

/** What shrinking one program may cost, and all of a file's failures together, seconds. */
const SHRINK = { runs: 200, seconds: 1800 };
const FINDINGS_S = 3600;

/** How programs are replayed. */
export interface ReproOptions {
  /** How often each is run. */
  times: number;
  /** Judge a failure and make its program shorter. */
  shrink: boolean;
}

/** Replays the programs of files and folders; exit code 1 when any of them failed. */
export async function repro(files: readonly string[], options: Globals & ReproOptions): Promise<number> {
  const programs = await Promise.all(
    files.map(async (file) => ({
      file,
      program: await readProgramFile(file),
      signature: await expectedSignature(file),
    })),
  );
  // Each program so many times, telling every step; a failure counts whatever it is.
  return invoke('repro', options, async (invocation) => {
    for (const replayed of programs) {
      const end = await replay(invocation, replayed, options);
      if (end.ended !== 'complete') return end;
    }
    return { ended: 'complete' };
  });
}

/** A file that is replayed. */
interface Replayed {
  file: string;
  program: Program;
  /** Signature of the failure it is a counterexample of; null: any failure will do. */
  signature: string | null;
}

async function replay(
  invocation: Invocation,
  replayed: Replayed,
  { times, shrink }: ReproOptions,
): Promise<End> {
  const { file, program } = replayed;
  const findings = findingsWithin(invocation, SHRINK, FINDINGS_S);
  const histories: History[] = [];
  for (let i = 1; i <= times; i++) {
    const history = await invocation.engine.run(program, invocation.signal);
    histories.push(history);
    invocation.tally.add(history);
    printTrace(invocation, file, history, times > 1 ? `run ${i} of ${times}` : '');
    const line = programLine(programName(file), 'repro', history);
    invocation.programs.push(line);
    if (line.result === 'unjudged') invocation.tally.amend('passed', 'unjudged');
    if (shrink && hasFailed(history)) await findings.take(history);
    if (history.ending.is === 'interrupted' || invocation.signal.aborted)
      return { ended: 'interrupted', why: `in ${file}` };
  }
  invocation.output.log(`${file}: ${conclusion(replayed, histories)} [${provenance(invocation.engine)}]`);
  return { ended: 'complete' };
}

/** What several runs of one program say about the failure it stands for, in one line. */
export function conclusion(
  { signature }: Pick<Replayed, 'signature'>,
  histories: readonly History[],
): string {
  const { same, runs } = rateOf(histories, signature);
  const others = rateOf(histories, null).same - same;
  const unjudged = histories.filter((history) => unjudgedText(history) !== null).length;
  const known = [...new Set(histories.flatMap((history) => Object.keys(history.known)))];
  return [
    `${same === 0 && unjudged > 0 ? 'NOT JUDGED' : outcome(signature, same)}, failed in ${same} of ${runs}`,
    ...(others > 0 ? [`${others} failed in another way`] : []),
    ...(runs < histories.length ? [`${histories.length - runs} spoilt by the machine`] : []),
    ...(unjudged > 0 ? [`${unjudged} not judged as a whole`] : []),
    ...(known.length > 0 ? [`known divergences shown: ${known.join(', ')}`] : []),
  ].join('; ');
}

/** A mere program stands for no failure that could be reproduced. */
function outcome(signature: string | null, failed: number): string {
  if (signature === null) return failed > 0 ? 'FAILED' : 'passed';
  return failed > 0 ? 'REPRODUCED' : 'not reproduced';
}

/** Every step with what was allowed and what was seen, then how it ended. */
function printTrace(invocation: Invocation, file: string, history: History, which: string): void {
  const { ending } = history;
  const unjudged = unjudgedText(history);
  const { steps, note } = history.program;
  const lines = [
    `${file}${which === '' ? '' : `, ${which}`}: ${steps.length} steps${note ? ` (${note})` : ''}`,
    ...traceLines(history),
    ...(ending.is === 'failed' ? failureLines(ending.failure) : []),
    ...(ending.is === 'infrastructure' ? [`infrastructure, not the runtime: ${ending.why}`] : []),
    ...(unjudged === null ? [] : [unjudged]),
  ];
  for (const line of lines) invocation.output.log(line);
}
