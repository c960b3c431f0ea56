import { join } from 'node:path';
import type { History } from '../../program/history.ts';
import { unjudgedText } from '../../program/unjudged.ts';
import {
  exitCodeOf,
  type FindingLine,
  type GoneLine,
  type InvocationRecord,
  type KnownLine,
  type ProgramLine,
} from '../../report/invocation-record.ts';
import { failureTitle } from '../../report/text/failure.ts';
import { invocationDirectory, writeReports } from '../../report/write-reports.ts';
import type { Target } from '../../runtime/ports/target.ts';
import { newTally, type Tally } from '../../search/campaign/tally.ts';
import { rateReports } from '../../verdict/known.ts';
import { errorText, exit, exitCodeOfError } from '../cli/errors.ts';
import { checkFlags, checkOut } from '../options/choose.ts';
import type { Globals } from '../options/globals.ts';
import { newOutput, type Output } from '../terminal/output.ts';
import { brokenCounter } from './broken.ts';
import { type Engine, lanesOf, steady, withEngine } from './engine.ts';
import { interruptible } from './interrupt.ts';
import { laneLimit } from './lane-limit.ts';
import { type Lane, pooled } from './lanes.ts';
import { onOneMachine } from './one-machine.ts';
import { recallSignatures, type SeenSignatures, settleSignatures } from './signatures.ts';
import { newTimes, spentOf, type Times, timedRunner, timesOf } from './times.ts';

/** One invocation of boxcheck: what it has seen so far, and where it goes. */
export interface Invocation {
  readonly use: InvocationRecord['use'];
  /** Its runner takes the lane that is free, brings a broken machine back and adds up what it waited. */
  readonly engine: Engine;
  /** The target of the lane that a program was run on. */
  readonly targetOf: (history: History) => Target;
  readonly output: Output;
  readonly signal: AbortSignal;
  readonly startedAt: Date;
  readonly times: Times;
  /** Directory for everything that runs leave behind. */
  readonly out: string;
  /** The invocation's own directory. */
  readonly dir: string;
  readonly tally: Tally;
  readonly programs: ProgramLine[];
  readonly broken: ReturnType<typeof brokenCounter>;
  readonly findings: Map<string, FindingLine>;
  /** What earlier runs have found on this target. */
  readonly before: SeenSignatures;
  readonly warnings: string[];
}

/**
 * Opens the target, does the work of one invocation, closes the target; Ctrl-C ends it cleanly on the way.
 * @param seed of a campaign, for the report
 * @returns the exit code
 */
export async function invoke(
  use: InvocationRecord['use'],
  globals: Globals,
  work: (invocation: Invocation) => Promise<End>,
  seed?: number,
): Promise<number> {
  const { out = '.boxcheck', json = false } = globals;
  await checkFlags(globals);
  await checkOut(out);
  const output = newOutput(json);
  return interruptible(output.log, async (signal) => {
    const worked = async (engine: Engine): Promise<InvocationRecord> => {
      const invocation = await beginInvocation(use, engine, output, out, signal);
      return endInvocation(invocation, work(invocation));
    };
    const record = await withEngine(globals, output.log, worked, seed);
    return signal.aborted ? exit.interrupted : exitCodeOf(record);
  });
}

/** Begins an invocation. `out` is the directory for everything boxcheck leaves behind. */
export async function beginInvocation(
  use: InvocationRecord['use'],
  engine: Engine,
  output: Output,
  out: string,
  signal: AbortSignal,
): Promise<Invocation> {
  const startedAt = new Date();
  const lanes = engine.target.beside ? onOneMachine(lanesOf(engine)) : lanesOf(engine);
  const times = newTimes(lanes.length);
  const { before, setAside } = await recallSignatures(out, engine.environment.identity.target);
  const tally = newTally();
  const broken = brokenCounter();
  const warnings = [...engine.warnings, ...(setAside ? [setAside] : [])];
  const limit = laneLimit(lanes.length, (text) => {
    warnings.push(text);
    output.log(`WARNING: ${text}`);
  });
  const steadied = ({ target, run }: Lane): Lane => {
    const timed = { target, run: limit.watching(broken.counting(timedRunner(run, times))) };
    const onBroken = (history: History): void => tally.addEffort(history, 'broken');
    return { target, run: steady(timed, output.log, onBroken, times) };
  };
  const { run, targetOf } = pooled(lanes.map(steadied) as [Lane, ...Lane[]], limit.lanes);
  return {
    use,
    engine: { ...engine, run },
    targetOf,
    output,
    signal,
    startedAt,
    times,
    out,
    dir: await invocationDirectory(join(out, 'runs'), startedAt, use, engine.environment.identity.target),
    tally,
    programs: [],
    broken,
    ...{ findings: new Map(), before },
    warnings,
  };
}

/** How and why an invocation ended. */
export type End = Pick<InvocationRecord, 'ended' | 'why'>;

/** Programs under which the machine broke that are listed. */
const MOST_BROKEN = 100;

/** The record of an invocation as it stands. */
export function recordOf(invocation: Invocation, end: End): InvocationRecord {
  const totalMs = Date.now() - invocation.startedAt.getTime();
  const totals = invocation.tally.totals();
  // A smoke run is not red for what stayed away: another machine has other timing, and no merge is to wait for that.
  const [stale, told] = invocation.use === 'smoke' ? [[], absent(invocation)] : [absent(invocation), []];
  return {
    format: 1,
    use: invocation.use,
    environment: invocation.engine.environment,
    startedAt: invocation.startedAt.toISOString(),
    totalMs,
    lanes: lanesOf(invocation.engine).length,
    ...end,
    totals: { ...totals, ...timesOf(invocation.times, totalMs) },
    spent: spentOf(invocation.times, invocation.tally.spent()),
    programs: invocation.programs,
    broken: invocation.broken.lines().slice(0, MOST_BROKEN),
    machine: invocation.broken.events(),
    findings: [...invocation.findings.values()].map((line) => {
      const seen = invocation.before.get(line.key);
      return seen ? { ...line, seen: { first: seen.firstSeen, runs: seen.runs.length } } : line;
    }),
    // A run of nothing has missed everything, and says nothing by it.
    ...(invocation.use === 'fuzz' && totals.programs > 0 && { gone: goneLines(invocation) }),
    known: knownLines(invocation, stale),
    coverage: invocation.tally.coverage(),
    warnings: [...invocation.warnings, ...told.map(stayedAway)],
  };
}

function goneLines({ before, findings, out }: Invocation): GoneLine[] {
  const now = new Set([...findings.values()].map(({ key }) => key));
  const gone = [...before.values()].filter(({ key }) => !now.has(key));
  return gone
    .sort((a, b) => (a.lastSeen < b.lastSeen ? 1 : -1))
    .map(({ text, lastSeen, versions, runs, dir }) => ({
      ...{ text, lastSeen, versions, runs: runs.length, dir: join(out, dir) },
    }));
}

/** Divergences that depend on timing and did not show, though by their rates they should have. */
function absent({ tally, engine }: Invocation): string[] {
  const counts = tally.known();
  const of = (key: 'hits' | 'misses') => Object.fromEntries(counts.map((count) => [count.id, count[key]]));
  const reports = rateReports(engine.known, of('hits'), of('misses'));
  return reports.flatMap(({ id, verdict }) => (verdict === 'stale' ? [id] : []));
}

const stayedAway = (id: string): string =>
  `${id} depends on timing and did not show: a night tells whether it is gone`;

const knownLines = ({ engine: { known }, tally }: Invocation, stale: readonly string[]): KnownLine[] =>
  tally.known().map((count) => ({
    ...count,
    title: known.find(({ id }) => id === count.id)?.title ?? 'not in the corpus any more',
    stale: stale.includes(count.id),
  }));

/**
 * Waits for the work, which says how it ended or throws; writes the reports and says the result, also where the one or
 * the other fails. A mistake of the user's is thrown on, for nothing was done then.
 */
export async function endInvocation(invocation: Invocation, work: Promise<End>): Promise<InvocationRecord> {
  const { dir, output } = invocation;
  const end = await work.catch((error): End => {
    if (exitCodeOfError(error) === exit.usage) throw error;
    const debug = process.env.BOXCHECK_DEBUG === '1';
    if (debug) process.stderr.write(`${errorText(error, debug)}\n`);
    return { ended: 'infrastructure', why: errorText(error, false).replace(/^boxcheck: /u, '') };
  });
  await settleSignatures(invocation).catch((error: Error) =>
    invocation.warnings.push(`what was found is not kept for the next run: ${error.message}`),
  );
  let record = recordOf(invocation, end);
  await writeReports(dir, record).catch((error: Error) => {
    const why = [...(end.why ? [end.why] : []), `the report could not be written: ${error.message}`].join(
      '; ',
    );
    record = { ...record, ended: 'infrastructure', why };
  });
  output.result(record, dir);
  return record;
}

/** A program that has been run, as a line of the report. */
export function programLine(name: string, group: ProgramLine['group'], history: History): ProgramLine {
  const { ending, program, boxes, totalMs } = history;
  const unjudged = unjudgedText(history);
  // Of a program that is replayed all is to be known; a drawn one goes on where a divergence leads.
  const isJudged = unjudged === null || (group !== 'repro' && history.events.length > 0);
  return {
    name,
    group,
    ...(program.seed === undefined ? {} : { seed: program.seed }),
    steps: program.steps.length,
    boxes,
    ms: totalMs,
    result: isJudged ? ending.is : 'unjudged',
    ...(unjudged === null ? {} : { why: unjudged }),
    ...(ending.is === 'infrastructure' ? { why: ending.why } : {}),
    ...(ending.is === 'failed' ? { why: failureTitle(ending.failure) } : {}),
  };
}
