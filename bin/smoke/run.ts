import type { Failure } from '../../program/failure.ts';
import type { History } from '../../program/history.ts';
import type { FindingLine, ProgramLine, RunRecord } from '../../report/run-record.ts';
import { duration } from '../../report/stamp.ts';
import { failureTitle } from '../../report/text/failure.ts';
import { waited } from '../../run/waited.ts';
import { type FindingBudget, investigate } from '../session/investigate.ts';
import { type End, endRun, programLine, type Run } from '../session/run-state.ts';
import type { Planned } from './plan.ts';

/** A divergence that depends on timing is given so many runs to show itself. */
const TIMING_RUNS = 2;
/** Runs of one program while the machine breaks under it. */
const MACHINE_RUNS = 3;
/** What a smoke run spends on findings: a reviewer waits. */
const newBudget = (): FindingBudget => ({ shrinkRuns: 40, shrinkMs: 120_000, leftMs: 240_000 });

/** Runs a plan in order and judges it; a broken machine is repaired a few times, then the run ends early. */
export async function smokeRun(run: Run, plan: readonly Planned[]): Promise<RunRecord> {
  const end = await goThrough(run, plan, newBudget());
  return endRun(run, 'smoke', end);
}

async function goThrough(run: Run, plan: readonly Planned[], budget: FindingBudget): Promise<End> {
  for (const [i, planned] of plan.entries()) {
    if (run.signal.aborted) return { ended: 'interrupted', why: `after ${i} of ${plan.length} programs` };
    const line = await runPlanned(run, planned, budget);
    run.programs.push(line);
    run.output.log(progressLine(i + 1, plan.length, line));
    if (line.result === 'infrastructure')
      return { ended: 'infrastructure', why: `${planned.name}: ${line.why ?? ''}` };
    if (line.result === 'interrupted') return { ended: 'interrupted', why: `in ${planned.name}` };
  }
  return plan.length === 0
    ? { ended: 'complete', why: 'there was no program to run' }
    : { ended: 'complete' };
}

const progressLine = (i: number, of: number, line: ProgramLine): string =>
  `[${i}/${of}] ${line.result} ${line.group === 'seed' ? '' : `${line.group} `}${line.name}: ${line.steps} steps, ${line.boxes} boxes, ${duration(line.ms)}${line.why ? `: ${line.why}` : ''}`;

async function runPlanned(run: Run, planned: Planned, budget: FindingBudget): Promise<ProgramLine> {
  const history = planned.mark
    ? await untilShown(run, planned, planned.mark)
    : await onWellMachine(run, planned);
  run.tally.add(history);
  const line = programLine(planned.name, planned.group, history);
  if (history.ending.is === 'failed') {
    const finding = await investigate(run, history, budget);
    const why = failureTitle(history.ending.failure);
    const doubt = doubtOf(run, history.ending.failure, finding);
    return doubt ? unconfirmed(run, { ...line, why }, finding, doubt) : { ...line, why };
  }
  return planned.mark && line.result === 'passed' ? judgedMark(run, line, planned.mark, history) : line;
}

/**
 * Why a failure does not stop a merge, if there is a reason; a night (fuzz) lists it all the same.
 * A gate must not be red for what an emulated machine did once in seventeen runs, nor call a divergence gone
 * that its own re-runs show.
 */
function doubtOf(run: Run, failure: Failure, { verdict, hits }: FindingLine): string | null {
  if (failure.kind === 'stale-mark' && verdict?.class === 'flaky' && verdict.failed < verdict.runs) {
    const shown = `${verdict.runs - verdict.failed} of ${verdict.runs}`;
    return `${failure.id} showed in ${shown} re-runs, so its mark should have \`always\`: false and a rate`;
  }
  return run.engine.target.shaky === true && verdict?.class === 'not-reproduced' && hits === 1
    ? 'failed once and in none of the re-runs'
    : null;
}

function unconfirmed(run: Run, line: ProgramLine, finding: FindingLine, doubt: string): ProgramLine {
  finding.gates = false;
  run.tally.unconfirm();
  run.warnings.push(`${line.name}: ${doubt}: ${finding.text}; ${finding.dir}`);
  return { ...line, result: 'unconfirmed' };
}

/** Runs a program; when the machine breaks, repairs it and runs the program again. */
async function onWellMachine(run: Run, planned: Planned): Promise<History> {
  for (let attempt = 1; ; attempt++) {
    const history = await run.engine.run(planned.program, run.signal);
    const { ending } = history;
    if (ending.is !== 'infrastructure' || attempt === MACHINE_RUNS || run.signal.aborted) return history;
    run.output.log(
      `${planned.name}: infrastructure, not the runtime: ${ending.why}; repairing (${attempt} of ${MACHINE_RUNS - 1})`,
    );
    await waited(run.times.waiting, run.engine.target.recover());
  }
}

async function untilShown(
  run: Run,
  planned: Planned,
  mark: { id: string; always: boolean },
): Promise<History> {
  const most = mark.always ? 1 : TIMING_RUNS;
  for (let attempt = 1; ; attempt++) {
    const history = await onWellMachine(run, planned);
    if (attempt >= most || history.ending.is !== 'passed' || (history.known[mark.id] ?? 0) > 0)
      return history;
  }
}

/** The counterexample of a mark must show this mark and no other. */
function judgedMark(
  run: Run,
  line: ProgramLine,
  mark: { id: string; always: boolean },
  history: History,
): ProgramLine {
  const shown = Object.keys(history.known).filter((id) => (history.known[id] ?? 0) > 0);
  const others = shown.filter((id) => id !== mark.id);
  const wrong = others.length > 0 ? `shows ${others.join(', ')} besides ${mark.id}` : null;
  const why = shown.includes(mark.id)
    ? wrong
    : `no longer shows ${mark.id}: remove its mark, or pin the program`;
  if (why === null) return line;
  if (!mark.always && wrong === null)
    return { ...line, why: `${mark.id} did not show in ${TIMING_RUNS} runs; it depends on timing` };
  run.tally.unpass();
  return { ...line, result: 'failed', why };
}
