import { counted } from '../../domain/counted.ts';
import type { Failure } from '../../program/failure.ts';
import { type History, hasFailed } from '../../program/history.ts';
import type { ProgramLine } from '../../report/invocation-record.ts';
import { duration } from '../../report/stamp.ts';
import { sideBySide } from '../../search/campaign/side-by-side.ts';
import { defaultSettings } from '../../search/generate/settings.ts';
import type { Finding, Findings } from '../../search/investigate/findings.ts';
import { readSeeds } from '../corpus/corpus.ts';
import type { Globals } from '../options/globals.ts';
import { lanesOf } from '../session/engine.ts';
import { findingsWithin } from '../session/findings.ts';
import { type End, type Invocation, invoke, programLine } from '../session/invocation.ts';
import { joined } from './joined.ts';
import { corpus, longestFirst, type Planned, seeded } from './plan.ts';
import { runsFor, runsOf } from './runs.ts';
import type { Ran } from './told.ts';

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
          ...joined(await corpus(engine), engine),
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
  const count = plan.reduce((sum, { parts }) => sum + (parts?.length ?? 1), 0);
  const left = plan.values();
  const ran = sideBySide(
    () => (signal.aborted ? undefined : left.next().value),
    { lanes: lanesOf(engine).length, order: 'begun' },
    (planned, over) => runsOf(engine, planned, AbortSignal.any([signal, over])),
  );
  for await (const { planned, history } of oneByOne(ran)) {
    const foundBefore = invocation.findings.size;
    const line = await judge(invocation, planned, history, findings);
    const isNew = !hasFailed(history) || invocation.findings.size > foundBefore;
    if (line.result === 'failed' && isNew) failures += 1;
    programs.push(line);
    output.log(progressLine(programs.length, Math.max(count, programs.length), line));
    if (line.result === 'infrastructure')
      return { ended: 'infrastructure', why: `${planned.name}: ${line.why ?? ''}` };
    if (line.result === 'interrupted') return { ended: 'interrupted', why: `in ${planned.name}` };
    if (failures >= maxFailures) {
      invocation.warnings.push(
        `ended after ${counted(failures, 'finding')} (--max-failures); ${count - programs.length} of ${count} programs were not run`,
      );
      return { ended: 'complete' };
    }
  }
  if (count === 0) return { ended: 'complete', why: 'there was no program to run' };
  return programs.length < count
    ? { ended: 'interrupted', why: `after ${programs.length} of ${counted(count, 'program')}` }
    : { ended: 'complete' };
}

async function* oneByOne(ran: AsyncIterable<{ readonly result: readonly Ran[] }>): AsyncGenerator<Ran> {
  for await (const { result } of ran) yield* result;
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
