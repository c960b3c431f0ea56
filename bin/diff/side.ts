import type { Log } from '../../domain/log.ts';
import type { History, RunProgram } from '../../program/history.ts';
import type { DiffSide } from '../../report/diff/record.ts';
import { duration } from '../../report/stamp.ts';
import { describeObservation } from '../../report/text/observation.ts';
import { type ObservedRun, observe } from '../../verdict/diff.ts';
import { type Rate, rateOf } from '../../verdict/rate.ts';
import { signatureOf } from '../../verdict/signature.ts';
import { exit, exitCodeOfError } from '../cli/errors.ts';
import { type Engine, steady } from '../session/engine.ts';
import { endingWithin, GRACE_MS } from '../session/interrupt.ts';
import type { NamedProgram, NamedPrograms } from './plan.ts';

/** What one side has done, and what it has seen, by the programs' names. */
export interface RanSide {
  readonly side: DiffSide;
  readonly seen: ReadonlyMap<string, NamedProgram & { readonly run: ObservedRun }>;
  readonly warnings: readonly string[];
}

/** How one side is run. */
export interface SideSetting {
  /** Milliseconds since the epoch after which nothing begins, except the first program. */
  readonly deadlineMs: number;
  /** Runs of a program that fails, in all. */
  readonly times: number;
  readonly signal: AbortSignal;
  readonly log: Log;
}

/**
 * Runs programs one after another and keeps what was seen. A broken machine is repaired and the program run
 * again; a machine that is lost ends this side, not the comparison.
 */
export async function runSide(
  label: string,
  engine: Engine,
  programs: NamedPrograms,
  setting: SideSetting,
): Promise<RanSide> {
  const { deadlineMs, signal, log } = setting;
  const side: DiffSide = { label, environment: engine.environment, programs: 0, spoilt: 0 };
  const seen = new Map<string, NamedProgram & { run: ObservedRun }>();
  const run = steady(
    engine,
    (line) => log(`${label}: ${line}`),
    () => void side.spoilt++,
  );
  const graceMs = GRACE_MS * (engine.environment.patience ?? 1);
  const atTheLatest = endingWithin(signal, deadlineMs - Date.now() + graceMs);
  try {
    for await (const { name, program } of programs) {
      if (signal.aborted || (seen.size > 0 && Date.now() >= deadlineMs)) break;
      const history = await run(program, seen.size > 0 ? atTheLatest : signal);
      if (history.ending.is === 'interrupted') break;
      const rate = await rateIn(history, run, { ...setting, signal: atTheLatest });
      seen.set(name, { name, program, run: observe(history, describeObservation, rate) });
      side.programs = seen.size;
      log(`[${seen.size}] ${label}: ${name}: ${lineOf(history, rate)}`);
    }
    if (signal.aborted) side.endedEarly = 'interrupted';
  } catch (error) {
    if (exitCodeOfError(error) === exit.usage) throw error;
    side.endedEarly = error instanceof Error ? error.message : String(error);
  }
  return { side, seen, warnings: engine.warnings };
}

/** A failure that depends on timing is only worth its rate; undefined where nothing failed. */
async function rateIn(first: History, run: RunProgram, setting: SideSetting): Promise<Rate | undefined> {
  if (first.ending.is !== 'failed') return undefined;
  const all = [first];
  while (all.length < setting.times && !setting.signal.aborted && Date.now() < setting.deadlineMs)
    all.push(await run(first.program, setting.signal));
  return rateOf(all, signatureOf(first.ending.failure).key);
}

const lineOf = ({ program, boxes, totalMs, ending }: History, rate: Rate | undefined): string =>
  `${program.steps.length} steps, ${boxes} boxes, ${duration(totalMs)}, ${ending.is}${rate ? ` in ${rate.same} of ${rate.runs} runs` : ''}`;
