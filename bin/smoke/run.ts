import { counted } from '../../domain/counted.ts';
import type { Failure } from '../../program/failure.ts';
import { type History, hasFailed } from '../../program/history.ts';
import type { ProgramLine } from '../../report/invocation-record.ts';
import { duration } from '../../report/stamp.ts';
import { sideBySide } from '../../search/campaign/side-by-side.ts';
import { defaultSettings } from '../../search/generate/settings.ts';
import type { Finding, Findings } from '../../search/investigate/findings.ts';
import { isUsual } from '../../verdict/known.ts';
import { readSeeds } from '../corpus/corpus.ts';
import type { Globals } from '../options/globals.ts';
import { lanesOf } from '../session/engine.ts';
import { findingsWithin } from '../session/findings.ts';
import { type End, type Invocation, invoke, programLine } from '../session/invocation.ts';
import { corpus, longestFirst, type Planned, seeded } from './plan.ts';

/** A divergence that depends on timing, but shows more often than not, is given so many runs to show itself. */
const TIMING_RUNS = 2;
/** What shrinking one program may cost, and all findings together, seconds: a reviewer waits. */
const SHRINK = { runs: 40, seconds: 120 };
const FINDINGS_S = 240;

/** What the check before a merge is to run. */
export interface SmokeOptions {
  /** These seeds only; else the corpus and the seeds of the file. */
  seeds?: number[];
  seedsFile: string;
  maxFailures?: number;
}

/** The check before a merge; its exit code. */
export async function smoke(options: Globals & SmokeOptions): Promise<number> {
  // Read before anything is started: a typing error must not cost a boot.
  const { seeds, seedsFile } = options;
  if (!seeds) await readSeeds(seedsFile, options.target ?? 'reference');
  return invoke('smoke', { lanes: 'usual', ...options }, async (invocation) => {
    const { engine } = invocation;
    const plan = seeds
      ? seeded({ seeds, maxSteps: defaultSettings.maxSteps }, engine)
      : longestFirst([
          ...(await corpus(engine)),
          ...seeded(await readSeeds(seedsFile, engine.target.identity.target), engine),
        ]);
    return runPlan(invocation, plan, options.maxFailures);
  });
}

/**
 * Runs a plan, a program a lane at a time, and judges it in its order; it ends early at a program under which the
 * machine keeps breaking.
 */
export async function runPlan(
  invocation: Invocation,
  plan: readonly Planned[],
  maxFailures = Number.POSITIVE_INFINITY,
): Promise<End> {
  const { signal, programs, output, engine } = invocation;
  const findings = findingsWithin(invocation, SHRINK, FINDINGS_S);
  let failures = 0;
  const left = plan.values();
  const ran = sideBySide(
    () => (signal.aborted ? undefined : left.next().value),
    { lanes: lanesOf(engine).length, order: 'begun' },
    (planned, over) => untilShown(invocation, planned, AbortSignal.any([signal, over])),
  );
  for await (const { thing: planned, result: history } of ran) {
    const foundBefore = invocation.findings.size;
    const line = await judge(invocation, planned, history, findings);
    const isNew = !hasFailed(history) || invocation.findings.size > foundBefore;
    if (line.result === 'failed' && isNew) failures += 1;
    programs.push(line);
    output.log(progressLine(programs.length, plan.length, line));
    if (line.result === 'infrastructure')
      return { ended: 'infrastructure', why: `${planned.name}: ${line.why ?? ''}` };
    if (line.result === 'interrupted') return { ended: 'interrupted', why: `in ${planned.name}` };
    if (failures >= maxFailures) {
      invocation.warnings.push(
        `ended after ${counted(failures, 'finding')} (--max-failures); ${plan.length - programs.length} of ${plan.length} programs were not run`,
      );
      return { ended: 'complete' };
    }
  }
  if (plan.length === 0) return { ended: 'complete', why: 'there was no program to run' };
  return programs.length < plan.length
    ? { ended: 'interrupted', why: `after ${programs.length} of ${counted(plan.length, 'program')}` }
    : { ended: 'complete' };
}

const progressLine = (i: number, of: number, line: ProgramLine): string =>
  `[${i}/${of}] ${line.result} ${line.group === 'seed' ? '' : `${line.group} `}${line.name}: ${counted(line.steps, 'step')}, ${counted(line.boxes, 'box')}, ${duration(line.ms)}${line.why ? `: ${line.why}` : ''}`;

async function judge(
  invocation: Invocation,
  planned: Planned,
  history: History,
  findings: Findings,
): Promise<ProgramLine> {
  invocation.tally.add(history);
  const line = programLine(planned.name, planned.group, history);
  if (hasFailed(history)) {
    const { failure } = history.ending;
    const finding = await findings.take(history);
    const doubt = doubtOf(invocation, failure, finding);
    const { id } = planned.mark ?? {};
    const isGone = failure.kind === 'stale-mark' && failure.id === id;
    const judged =
      id === undefined ? line : withMark(line, id, doubt ? 'not-seen' : isGone ? 'gone' : 'changed');
    return doubt ? unconfirmed(invocation, judged, finding, doubt) : judged;
  }
  if (line.result === 'unjudged') invocation.tally.amend('passed', 'unjudged');
  return planned.mark && line.result === 'passed' ? checkMark(invocation, line, planned.mark, history) : line;
}

/**
 * Why a failure does not stop a merge, if there is a reason; a night (fuzz) lists it all the same.
 * A gate must not be red for what an emulated machine did once in seventeen runs, nor call a divergence gone
 * that its own re-runs show.
 */
function doubtOf(invocation: Invocation, failure: Failure, { verdict, times }: Finding): string | null {
  if (failure.kind === 'stale-mark' && verdict?.class === 'flaky' && verdict.failed < verdict.runs) {
    const shown = `${verdict.runs - verdict.failed} of ${verdict.runs}`;
    return `${failure.id} showed in ${shown} re-runs, so its mark should have \`always\`: false and a rate`;
  }
  return invocation.engine.target.shaky === true && verdict?.class === 'not-reproduced' && times === 1
    ? 'failed once and in none of the re-runs'
    : null;
}

function unconfirmed(
  { tally, findings, warnings }: Invocation,
  line: ProgramLine,
  { signature }: Finding,
  doubt: string,
): ProgramLine {
  const saved = findings.get(signature.key);
  if (saved) saved.gates = false;
  tally.amend('failed', 'unconfirmed');
  warnings.push(`${line.name}: ${doubt}: ${signature.text}; ${saved?.dir}`);
  return { ...line, result: 'unconfirmed' };
}

type Mark = NonNullable<Planned['mark']>;

/** Runs a program; one whose mark depends on timing again, until it shows. */
async function untilShown(
  { engine }: Invocation,
  { program, mark }: Planned,
  signal: AbortSignal,
): Promise<History> {
  const most = mark ? runsFor(mark) : 1;
  for (let attempt = 1; ; attempt++) {
    const history = await engine.run(program, signal);
    const shown = mark && (history.known[mark.id] ?? 0) > 0;
    if (attempt >= most || history.ending.is !== 'passed' || shown) return history;
  }
}

/** One that shows seldom would most likely not show in another run either: it is not paid for. */
const runsFor = (mark: Mark): number => (!mark.always && isUsual(mark) ? TIMING_RUNS : 1);

/** The counterexample of a mark must show this mark, and no other but those that it needs. */
function checkMark({ tally }: Invocation, line: ProgramLine, mark: Mark, history: History): ProgramLine {
  const shown = Object.keys(history.known).filter((id) => (history.known[id] ?? 0) > 0);
  const others = shown.filter((id) => id !== mark.id && !mark.needs?.includes(id));
  const wrong = others.length > 0 ? `shows ${others.join(', ')} besides ${mark.id}` : null;
  const why = shown.includes(mark.id)
    ? wrong
    : `no longer shows ${mark.id}: remove its mark, or pin the program`;
  if (why === null) return withMark(line, mark.id, 'there');
  if (!mark.always && wrong === null) {
    const timing = `${mark.id} did not show in ${counted(runsFor(mark), 'run')}; it depends on timing`;
    return withMark({ ...line, why: timing }, mark.id, 'not-seen');
  }
  tally.amend('passed', 'failed');
  return withMark({ ...line, result: 'failed', why }, mark.id, wrong ? 'changed' : 'gone');
}

const withMark = (
  line: ProgramLine,
  id: string,
  is: NonNullable<ProgramLine['mark']>['is'],
): ProgramLine => ({
  ...line,
  mark: { id, is },
});
