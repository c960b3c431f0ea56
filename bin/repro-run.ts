import type { Program } from '../program/program.ts';
import { traceLines } from '../report/text/trace.ts';
import { failureLines, failureTitle } from '../report/text/failure.ts';
import { provenance } from '../report/summary.ts';
import type { RunRecord } from '../report/run-record.ts';
import type { History } from '../run/history.ts';
import { investigate } from './investigate.ts';
import { programName } from './corpus-files.ts';
import { type End, endRun, programLine, recordOf, type Run } from './run-state.ts';

const BUDGET = { shrinkRuns: 200, shrinkSeconds: 1800 };

/** A file that is replayed. */
export interface Replayed {
  file: string;
  program: Program;
}

/** Replays each program so many times, telling every step; a failure counts whatever it is. */
export async function reproRun(run: Run, programs: readonly Replayed[], options: { times: number; shrink: boolean }): Promise<RunRecord> {
  let end: End = { ended: 'complete' };
  for (const replayed of programs) {
    end = await replay(run, replayed, options);
    if (end.ended !== 'complete') break;
  }
  return endRun(run, 'repro', end);
}

async function replay(run: Run, { file, program }: Replayed, { times, shrink }: { times: number; shrink: boolean }): Promise<End> {
  let shown = 0;
  for (let i = 1; i <= times; i++) {
    const history = await run.engine.run(program, run.signal);
    run.tally.add(history);
    tell(run, file, history, times > 1 ? `run ${i} of ${times}` : '');
    const line = programLine(programName(file), 'repro', history);
    const { ending } = history;
    run.programs.push(ending.is === 'failed' ? { ...line, why: failureTitle(ending.failure) } : line);
    if (ending.is === 'failed') shown += 1;
    if (ending.is === 'failed' && shrink) await investigate(run, history, BUDGET);
    if (ending.is === 'interrupted' || run.signal.aborted) return { ended: 'interrupted', why: `in ${file}` };
    if (ending.is === 'infrastructure') await run.engine.target.recover();
  }
  const about = provenance(recordOf(run, 'repro', { ended: 'complete' }));
  run.output.log(`${file}: ${shown > 0 ? 'REPRODUCED' : 'not reproduced'}, ${shown} of ${times} [${about}]`);
  return { ended: 'complete' };
}

/** Every step with what was allowed and what was seen, then how it ended. */
function tell(run: Run, file: string, history: History, which: string): void {
  run.output.log(`${file}${which === '' ? '' : `, ${which}`}: ${history.program.steps.length} steps${history.program.note ? ` (${history.program.note})` : ''}`);
  for (const line of traceLines(history.events)) run.output.log(line);
  const { ending } = history;
  if (ending.is === 'failed') for (const line of failureLines(ending.failure)) run.output.log(line);
  if (ending.is === 'infrastructure') run.output.log(`infrastructure, not the runtime: ${ending.why}`);
  if (history.cutShort > 0) run.output.log(`${history.cutShort} steps not judged: the contract is silent about the world they were in`);
}
