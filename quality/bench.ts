import { verbs } from '../commands/index.ts';
import { currentProfile } from '../model/profile.ts';
import type { History, RunProgram } from '../program/history.ts';
import type { Program } from '../program/program.ts';
import type { DefectName } from '../reference/defects.ts';
import { makeRunner } from '../run/execute.ts';
import type { Target } from '../runtime/ports/target.ts';
import { openTarget } from '../runtime/targets/open.ts';
import { type Rules, rulesOf } from '../search/worlds/rules.ts';

/** What programs are drawn and judged with: the contract alone. A known divergence must not excuse a defect. */
export const rules: Rules = rulesOf(verbs, currentProfile);

/** An open reference runtime, with defects or without. */
export interface Bench {
  /** Runs a program; a machine that broke is brought back and the program tried again. */
  run(program: Program, signal: AbortSignal): Promise<History>;
  /** Ends everything it started. */
  close(): Promise<void>;
}

export interface BenchOptions {
  /** Give every program a new home: for defects that spoil the home itself, so that no run tells of another. */
  readonly fresh?: boolean;
  /** Factor for all deadlines: below 1 an answer that never comes costs less, on a machine that is not busy. */
  readonly deadlineFactor?: number;
  /** Directory in which the runtime notes the sites of defects that it comes past. */
  readonly trace?: string;
  readonly log?: (line: string) => void;
}

/** Tries of one program on a machine that breaks. */
const TRIES = 3;

/**
 * Opens the reference runtime with the given defects switched on; without any it is the clean one.
 * @throws what keeps it from starting; nothing is left behind then
 */
export async function openBench(defects: readonly DefectName[], options: BenchOptions = {}): Promise<Bench> {
  const { fresh = false, log = () => {} } = options;
  let localRuntime = await makeLocalRuntime(defects, options);
  let used = false;
  return {
    async run(program, signal) {
      if (fresh && used) {
        await localRuntime.target.close();
        localRuntime = await makeLocalRuntime(defects, options);
      }
      used = true;
      return runOn(localRuntime, program, signal, log);
    },
    close: () => localRuntime.target.close(),
  };
}

interface LocalRuntime {
  readonly target: Target;
  readonly once: RunProgram;
}

async function makeLocalRuntime(
  defects: readonly DefectName[],
  options: BenchOptions,
): Promise<LocalRuntime> {
  const { deadlineFactor = 1, trace, log = () => {} } = options;
  const asked = {
    defects: [...defects],
    resident: true,
    ...(trace === undefined ? {} : { defectTrace: trace }),
  };
  const opened = await openTarget('reference', asked, log);
  const session: Target['session'] = async (label) => ({ ...(await opened.session(label)), deadlineFactor });
  const target: Target = { ...opened, session };
  return { target, once: makeRunner(target, { profile: currentProfile, known: [] }) };
}

async function runOn(
  localRuntime: LocalRuntime,
  program: Program,
  signal: AbortSignal,
  log: (line: string) => void,
): Promise<History> {
  for (let tries = 1; ; tries++) {
    const history = await localRuntime.once(program, signal);
    if (history.ending.is !== 'infrastructure' || tries === TRIES || signal.aborted) return history;
    log(`the machine broke, not the runtime: ${history.ending.why}`);
    await localRuntime.target.recover();
  }
}
