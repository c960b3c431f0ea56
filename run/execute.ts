import * as fc from 'fast-check';
import { deadlines } from '../domain/deadlines.ts';
import { InfrastructureError } from '../domain/infrastructure-error.ts';
import { UnsendableError } from '../domain/unsendable-error.ts';
import { describe } from '../model/match.ts';
import type { Profile } from '../model/profile.ts';
import type { Ending, History, RunProgram } from '../program/history.ts';
import type { Program } from '../program/program.ts';
import type { Session } from '../runtime/ports/session.ts';
import type { Baseline, Target } from '../runtime/ports/target.ts';
import type { KnownDivergence } from '../verdict/known.ts';
import { afterStep, compareViews, expectNothingLeft, removeAll } from './oracles.ts';
import { readBefore } from './perform/before.ts';
import { listAll, viewsOf } from './perform/discover.ts';
import { makeStepContext, type StepContext } from './perform/step-context.ts';
import { canJudge, type ModelState, newModelState, type OnEvent, type ProgramRun } from './program-run.ts';
import { runStep } from './step-runner.ts';
import { ProgramStopped, TooManyWorlds } from './stop.ts';
import { waited } from './waited.ts';

export interface RunnerOptions {
  profile: Profile;
  known: readonly KnownDivergence[];
  onEvent?: OnEvent;
}

/**
 * A function that runs programs on a target, each from and to the same clean state. A program that fails
 * leaves nothing behind either: what it could not remove is swept before the history is handed out.
 */
export function makeRunner(target: Target, options: RunnerOptions): RunProgram {
  let clean: Baseline | undefined;
  let counter = 0;
  return async (program, signal) => {
    const history = newHistory(program, target);
    const beganMs = performance.now();
    const lost = target.lost?.();
    const until = lost ? AbortSignal.any([signal, lost]) : signal;
    try {
      // What is short already would be taken for what the program has done.
      await waited(history, target.heartbeat());
      clean ??= await waited(history, target.baseline());
      const session = await waited(history, target.session(`p${++counter}`));
      const stepContext = await stepContextOf(session, { target, history }, until);
      history.ending = await runIn({ target, ...options, history, beganMs, stepContext }, clean);
    } catch (error) {
      history.ending = endingOf(error);
    }
    // Calls are cut off where the machine is lost: however the program ended by that, the machine ended it.
    if (lost?.aborted && !signal.aborted && history.ending.is !== 'passed')
      history.ending = endingOf(lost.reason);
    if (history.ending.is !== 'passed') {
      await waited(history, sweep(target, history));
      // What even the sweep left was this program's; the next one must not be blamed for it.
      clean = undefined;
    }
    history.totalMs = performance.now() - beganMs;
    return history;
  };
}

const newHistory = (program: Program, target: Target): History => ({
  program,
  identity: target.identity,
  events: [],
  ending: { is: 'passed' },
  known: {},
  missed: {},
  cutShort: 0,
  boxes: 0,
  startedAt: new Date().toISOString(),
  totalMs: 0,
  runtimeMs: 0,
});

async function stepContextOf(
  session: Session,
  { target, history }: Pick<ProgramRun, 'target' | 'history'>,
  signal: AbortSignal,
): Promise<StepContext> {
  const tag = target.identity.target === 'external' ? `bc${process.pid}` : '';
  const preexisting = await waited(history, preexistingBoxes(session, target, signal));
  return makeStepContext(session, preexisting, tag, signal);
}

async function runIn(run: ProgramRun, clean: Baseline): Promise<Ending> {
  const { target, history, stepContext } = run;
  const state = newModelState();
  try {
    const deadlineMs = deadlines.commandMs * stepContext.session.deadlineFactor;
    await waited(history, readBefore(stepContext, history.program, deadlineMs));
    if (!(await runSteps(state, run))) {
      // Nothing is known of what is there now: it is swept, not judged.
      await waited(history, target.sweep());
      return { is: 'passed' };
    }
    await compareViews(state, run, history.program.steps.length);
    await removeAll(state, run);
    clean.splice(0, clean.length, ...(await expectNothingLeft(state, run, clean)));
    return { is: 'passed' };
  } catch (error) {
    const ending = endingOf(error);
    // Calls are killed where the caller stops: what one of these says is not the runtime's.
    return ending.is === 'failed' && stepContext.signal.aborted
      ? { is: 'interrupted' }
      : await unlessMachine(run, ending);
  } finally {
    addUndecided(state, history);
    history.boxes = stepContext.boxIds.size;
    await waited(history, stepContext.session.dispose());
  }
}

/**
 * The program's steps, driven by fast-check's model run. Those that no world has anything to say of are left out,
 * and counted.
 * @returns whether it is still known what is there
 */
async function runSteps(state: ModelState, run: ProgramRun): Promise<boolean> {
  const { history } = run;
  const { steps } = history.program;
  const commands = steps.map(
    (step, index): fc.AsyncCommand<ModelState, ProgramRun, true> => ({
      // A drawn step can be judged where it was drawn; it is left out where a divergence has led elsewhere.
      check: async (now) => {
        const can = canJudge(run, now, step);
        if (!can) history.cutShort++;
        return can;
      },
      run: async (now) => afterStep(now, run, await runStep(now, run, step, index)),
      toString: () => JSON.stringify(step),
    }),
  );
  try {
    await fc.asyncModelRun(() => ({ model: state, real: run }), commands);
    return true;
  } catch (error) {
    if (error instanceof UnsendableError) history.cutBy = error.message;
    else if (!(error instanceof TooManyWorlds)) throw error;
    history.cutShort = steps.length - history.events.filter(({ step }) => steps.includes(step)).length;
    return false;
  }
}

/** What nothing has told at the end. Worlds that turned out to be one have dropped what they disagreed about. */
function addUndecided({ worlds }: ModelState, history: History): void {
  const open = new Map(worlds.flatMap(({ assumes }) => assumes).map(({ id, at }) => [`${id} ${at}`, id]));
  for (const id of open.values()) {
    history.undecided ??= {};
    history.undecided[id] = (history.undecided[id] ?? 0) + 1;
  }
}

/** Only a runtime that is somebody else's may hold boxes that are not ours. */
async function preexistingBoxes(session: Session, target: Target, signal: AbortSignal): Promise<Set<string>> {
  if (target.identity.target !== 'external') return new Set();
  const stepContext = makeStepContext(session, new Set(), '', signal);
  const ids = new Set<string>();
  for (const home of ['server', 'local'] as const) {
    const [via] = viewsOf(session, home);
    const seen = via && (await listAll(stepContext, via));
    if (!seen) continue;
    if (seen.is !== 'boxes') throw new InfrastructureError(`its boxes cannot be listed: ${describe(seen)}`);
    for (const { id } of seen.boxes) ids.add(id);
  }
  return ids;
}

/** Before the runtime is blamed, the machine under it must prove to be sound, while all is as the failure left it. */
async function unlessMachine(run: ProgramRun, ending: Ending): Promise<Ending> {
  if (ending.is !== 'failed') return ending;
  const { target, history, machineSaid: why } = run;
  if (why !== undefined) return { is: 'infrastructure', why, failure: ending.failure };
  return waited(history, target.heartbeat()).then(() => ending, endingOf);
}

/** How an error ends a program; one that is no ending of ours is a defect of boxcheck and goes on up. */
function endingOf(error: unknown): Ending {
  if (error instanceof ProgramStopped) return error.ending;
  if (error instanceof InfrastructureError) return { is: 'infrastructure', why: error.message };
  throw error;
}

/** What a failed program left is removed; a machine too broken for that is the campaign's to recover. */
async function sweep(target: Target, history: History): Promise<void> {
  try {
    await target.sweep();
  } catch (error) {
    if (!(error instanceof InfrastructureError)) throw error;
    if (history.ending.is === 'interrupted') return;
    history.ending =
      history.ending.is === 'failed' ? history.ending : { is: 'infrastructure', why: error.message };
  }
}
