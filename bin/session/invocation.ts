import { join } from 'node:path';
import type { History } from '../../program/history.ts';
import type {
  FindingLine,
  InvocationRecord,
  KnownLine,
  ProgramLine,
} from '../../report/invocation-record.ts';
import { invocationDirectory, writeReports } from '../../report/write-reports.ts';
import { waited } from '../../run/waited.ts';
import { newTally, type Tally } from '../../search/campaign/tally.ts';
import { LostMachineError, steadyRunner } from '../../search/investigate/steady-runner.ts';
import { rateReports } from '../../verdict/known.ts';
import type { Output } from '../terminal/output.ts';
import type { Engine } from './engine.ts';
import { newTimes, type Times, timedRunner, timesOf } from './times.ts';

/** One invocation of boxcheck: what it has seen so far, and where it goes. */
export interface Invocation {
  readonly use: InvocationRecord['use'];
  /** Its runner brings a broken machine back and adds up what it waited. */
  readonly engine: Engine;
  readonly output: Output;
  readonly signal: AbortSignal;
  readonly startedAt: Date;
  readonly times: Times;
  /** Directory for everything that runs leave behind. */
  readonly out: string;
  /** Directory of counterexamples. */
  readonly findingsDir: string;
  /** The invocation's own directory. */
  readonly dir: string;
  readonly tally: Tally;
  readonly programs: ProgramLine[];
  readonly findings: Map<string, FindingLine>;
  readonly warnings: string[];
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
  const times = newTimes();
  const tally = newTally();
  const run = steadyRunner({
    run: timedRunner(engine.run, times),
    onBroken: (history) => tally.addEffort(history),
    recover: async (why) => {
      output.log(`infrastructure, not the runtime: ${why}; repairing`);
      await waited(times.waiting, engine.target.recover());
    },
  });
  return {
    use,
    engine: { ...engine, run },
    output,
    signal,
    startedAt,
    times,
    out,
    findingsDir: join(out, 'findings'),
    dir: await invocationDirectory(join(out, 'runs'), startedAt, use, engine.environment.identity.target),
    tally,
    programs: [],
    findings: new Map(),
    warnings: [...engine.warnings],
  };
}

/** How and why an invocation ended. */
export type End = Pick<InvocationRecord, 'ended' | 'why'>;

/** The record of an invocation as it stands. */
export function recordOf(invocation: Invocation, end: End): InvocationRecord {
  const totalMs = Date.now() - invocation.startedAt.getTime();
  return {
    format: 1,
    use: invocation.use,
    environment: invocation.engine.environment,
    startedAt: invocation.startedAt.toISOString(),
    totalMs,
    ...end,
    totals: { ...invocation.tally.totals(), ...timesOf(invocation.times, totalMs) },
    programs: invocation.programs,
    findings: [...invocation.findings.values()],
    known: knownLines(invocation),
    coverage: invocation.tally.coverage(),
    warnings: invocation.warnings,
  };
}

function knownLines(invocation: Invocation): KnownLine[] {
  const counts = invocation.tally.known();
  const { known } = invocation.engine;
  const of = (key: 'hits' | 'misses') => Object.fromEntries(counts.map((count) => [count.id, count[key]]));
  const stale = rateReports(known, of('hits'), of('misses')).filter(({ verdict }) => verdict === 'stale');
  return counts.map((count) => ({
    ...count,
    title: known.find(({ id }) => id === count.id)?.title ?? 'not in the corpus any more',
    stale: stale.some(({ id }) => id === count.id),
  }));
}

/** Waits for the work, which says how it ended or loses the machine; writes the reports and says the result. */
export async function endInvocation(
  invocation: Invocation,
  work: End | Promise<End>,
): Promise<InvocationRecord> {
  const end = await Promise.resolve(work).catch((error): End => {
    if (!(error instanceof LostMachineError)) throw error;
    return { ended: 'infrastructure', why: error.message };
  });
  const record = recordOf(invocation, end);
  await writeReports(invocation.dir, record);
  invocation.output.result(record, invocation.dir);
  return record;
}

/** A program that has been run, as a line of the report. */
export function programLine(name: string, group: ProgramLine['group'], history: History): ProgramLine {
  const { ending, program, boxes, totalMs } = history;
  return {
    name,
    group,
    ...(program.seed === undefined ? {} : { seed: program.seed }),
    steps: program.steps.length,
    boxes,
    ms: totalMs,
    result: ending.is,
    ...(ending.is === 'infrastructure' ? { why: ending.why } : {}),
  };
}
