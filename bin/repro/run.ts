import type { History } from '../../program/history.ts';
import type { Program } from '../../program/program.ts';
import type { RunRecord } from '../../report/run-record.ts';
import { provenance } from '../../report/summary.ts';
import { failureLines, failureTitle } from '../../report/text/failure.ts';
import { traceLines } from '../../report/text/trace.ts';
import { waited } from '../../run/waited.ts';
import { signatureOf } from '../../verdict/signature.ts';
import { programName } from '../corpus/files.ts';
import { type FindingBudget, investigate } from '../session/investigate.ts';
import { type End, endRun, programLine, type Run, recordOf } from '../session/run-state.ts';

const newBudget = (): FindingBudget => ({ shrinkRuns: 200, shrinkMs: 1_800_000, leftMs: 3_600_000 });

/** A file that is replayed. */
export interface Replayed {
  file: string;
  program: Program;
  /** Signature of the failure it is a counterexample of; null: any failure will do. */
  signature: string | null;
}

/** Replays each program so many times, telling every step; a failure counts whatever it is. */
export async function reproRun(
  run: Run,
  programs: readonly Replayed[],
  options: { times: number; shrink: boolean },
): Promise<RunRecord> {
  let end: End = { ended: 'complete' };
  for (const replayed of programs) {
    end = await replay(run, replayed, options);
    if (end.ended !== 'complete') break;
  }
  return endRun(run, 'repro', end);
}

async function replay(
  run: Run,
  replayed: Replayed,
  { times, shrink }: { times: number; shrink: boolean },
): Promise<End> {
  const { file, program } = replayed;
  const budget = newBudget();
  const histories: History[] = [];
  for (let i = 1; i <= times; i++) {
    const history = await run.engine.run(program, run.signal);
    histories.push(history);
    run.tally.add(history);
    tell(run, file, history, times > 1 ? `run ${i} of ${times}` : '');
    const line = programLine(programName(file), 'repro', history);
    const { ending } = history;
    run.programs.push(ending.is === 'failed' ? { ...line, why: failureTitle(ending.failure) } : line);
    if (ending.is === 'failed' && shrink) await investigate(run, history, budget);
    if (ending.is === 'interrupted' || run.signal.aborted) return { ended: 'interrupted', why: `in ${file}` };
    if (ending.is === 'infrastructure') await waited(run.times.waiting, run.engine.target.recover());
  }
  const about = provenance(recordOf(run, 'repro', { ended: 'complete' }));
  run.output.log(`${file}: ${conclusion(replayed, histories)} [${about}]`);
  return { ended: 'complete' };
}

/** What several runs of one program say about the failure it stands for, in one line. */
export function conclusion(
  { signature }: Pick<Replayed, 'signature'>,
  histories: readonly History[],
): string {
  const failures = histories.flatMap(({ ending }) => (ending.is === 'failed' ? [ending.failure] : []));
  const wanted = failures.filter((failure) => signature === null || signatureOf(failure).key === signature);
  const judged = histories.filter(({ ending }) => ending.is === 'failed' || ending.is === 'passed').length;
  const known = [...new Set(histories.flatMap((history) => Object.keys(history.known)))];
  return [
    `${outcome(signature, wanted.length)}, failed in ${wanted.length} of ${judged}`,
    ...(failures.length > wanted.length ? [`${failures.length - wanted.length} failed in another way`] : []),
    ...(judged < histories.length ? [`${histories.length - judged} spoilt by the machine`] : []),
    ...(known.length > 0 ? [`known divergences shown: ${known.join(', ')}`] : []),
  ].join('; ');
}

/** A mere program stands for no failure that could be reproduced. */
function outcome(signature: string | null, failed: number): string {
  if (signature === null) return failed > 0 ? 'FAILED' : 'passed';
  return failed > 0 ? 'REPRODUCED' : 'not reproduced';
}

/** Every step with what was allowed and what was seen, then how it ended. */
function tell(run: Run, file: string, history: History, which: string): void {
  run.output.log(
    `${file}${which === '' ? '' : `, ${which}`}: ${history.program.steps.length} steps${history.program.note ? ` (${history.program.note})` : ''}`,
  );
  for (const line of traceLines(history)) run.output.log(line);
  const { ending } = history;
  if (ending.is === 'failed') for (const line of failureLines(ending.failure)) run.output.log(line);
  if (ending.is === 'infrastructure') run.output.log(`infrastructure, not the runtime: ${ending.why}`);
  if (history.cutShort > 0)
    run.output.log(
      `${history.cutShort} steps not judged: the contract is silent about the world they were in`,
    );
}
