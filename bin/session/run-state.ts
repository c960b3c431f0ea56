import { join } from 'node:path';
import type { History } from '../../program/history.ts';
import type { FindingLine, KnownLine, ProgramLine, RunRecord } from '../../report/run-record.ts';
import { newTally, type Tally } from '../../report/tally.ts';
import { runDirectory, writeRun } from '../../report/write-run.ts';
import type { Output } from '../terminal/output.ts';
import type { Engine } from './engine.ts';
import { newTimes, type RunTimes, timedRunner, timesOf } from './run-times.ts';

/** One run of boxcheck: what it has seen so far, and where it goes. */
export interface Run {
  readonly engine: Engine;
  readonly output: Output;
  readonly signal: AbortSignal;
  readonly startedAt: Date;
  readonly times: RunTimes;
  /** Directory for everything that runs leave behind. */
  readonly out: string;
  /** Directory of counterexamples. */
  readonly findingsDir: string;
  /** This run's own directory. */
  readonly dir: string;
  readonly tally: Tally;
  readonly programs: ProgramLine[];
  readonly findings: Map<string, FindingLine>;
  readonly warnings: string[];
}

/** A run that begins now. `out` is the directory for everything boxcheck leaves behind. */
export async function beginRun(
  use: RunRecord['use'],
  engine: Engine,
  output: Output,
  out: string,
  signal: AbortSignal,
): Promise<Run> {
  const startedAt = new Date();
  const times = newTimes();
  return {
    engine: { ...engine, run: timedRunner(engine.run, times) },
    output,
    signal,
    startedAt,
    times,
    out,
    findingsDir: join(out, 'findings'),
    dir: await runDirectory(join(out, 'runs'), startedAt, use, engine.environment.identity.target),
    tally: newTally(),
    programs: [],
    findings: new Map(),
    warnings: [...engine.warnings],
  };
}

/** How and why a run ended. */
export type End = Pick<RunRecord, 'ended' | 'why'>;

/** The record of a run as it stands. */
export function recordOf(run: Run, use: RunRecord['use'], end: End): RunRecord {
  const totalMs = Date.now() - run.startedAt.getTime();
  return {
    format: 1,
    use,
    environment: run.engine.environment,
    startedAt: run.startedAt.toISOString(),
    totalMs,
    ...end,
    totals: { ...run.tally.totals(), ...timesOf(run.times, totalMs) },
    programs: run.programs,
    findings: [...run.findings.values()],
    known: knownLines(run),
    coverage: run.tally.coverage(),
    warnings: run.warnings,
  };
}

function knownLines(run: Run): KnownLine[] {
  const counts = run.tally.known();
  const stale = run.engine.stale(counts);
  return counts.map((count) => ({
    ...count,
    title: run.engine.marks.find((mark) => mark.id === count.id)?.title ?? 'not in the corpus any more',
    stale: stale.has(count.id),
  }));
}

/** Writes the reports and says the result. */
export async function endRun(run: Run, use: RunRecord['use'], end: End): Promise<RunRecord> {
  const record = recordOf(run, use, end);
  await writeRun(run.dir, record);
  run.output.result(record, run.dir);
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
