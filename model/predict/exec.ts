import { deadlines } from '../../domain/deadlines.ts';
import { expanded } from '../../domain/fill.ts';
import type { ProcessOptions } from '../../domain/options.ts';
import { type By, isCli, isSdk, type Surface } from '../../domain/surface.ts';
import type { Work } from '../../domain/work.ts';
import { cutCodes } from '../execs.ts';
import type { BytesExpect } from '../expect.ts';
import { inForce, isTellable, startRefusal, staysDown } from '../options.ts';
import { allow, done, type Outcome, type Prediction, refuse, refused, union } from '../outcome.ts';
import { servedBy } from '../ports.ts';
import type { Profile } from '../profile.ts';
import type { Reason } from '../reasons.ts';
import { settled, startRun } from '../runs.ts';
import { newExec } from '../situation.ts';
import { isTellableOn, lacksTerminal, type OnTerminal } from '../terminal.ts';
import { shownOf, type WorkResult, workResult } from '../work.ts';
import { type Box, type Exec, findBox, isUp, type World, withBox, withNew } from '../world.ts';
import { asText, cutOutputOf, outputOf } from './output.ts';

/** A process that is put into a box. */
export interface Executing extends ProcessOptions, OnTerminal {
  readonly via: Surface;
  readonly on: string;
  readonly by?: By | undefined;
  readonly work: Work;
  /** REST only, seconds. */
  readonly timeoutS?: number | undefined;
}

/** One that is not waited for. */
interface Spawning extends Executing {
  readonly as: string;
}

/** Writes of a process whose run may end under it cannot be predicted. */
const hasEffects = (work: Work): boolean => work.do === 'write' || work.do === 'open';

/** A box that takes another process, and the world in which it does. */
export interface Admitted {
  readonly world: World;
  readonly box: Box;
}

/**
 * The box an extra process is put into, booted first if it is a sandbox that is not running; or why it is
 * refused (the guard of contract 3.2). A box that a client of its main session has booted is taken for one that
 * was never started, or for one that runs (contract 5.5).
 */
export function admit(world: World, box: Box): (Admitted | Reason)[] {
  if (box.spent) return ['spent'];
  switch (box.status) {
    case 'failed':
      return ['failed-box'];
    case 'ending':
      // That it has ended may have been noticed by now: a sandbox is booted again then.
      if (box.kind === 'job') return [{ world, box }];
      return [{ world, box }, ...restarted(world, box)];
    case 'running':
      return [{ world, box }];
    case 'primed': {
      // What cannot be started may be found out now, or not before its start.
      const places = atRest(world, box);
      return places.length === 0 ? [] : [...places, { world, box }];
    }
    default:
      return atRest(world, box);
  }
}

function restarted(world: World, { handle }: Box): (Admitted | Reason)[] {
  const over = settled(world, handle);
  return atRest(over, over.boxes[handle] as Box);
}

function atRest(world: World, box: Box): (Admitted | Reason)[] {
  if (staysDown(box)) return ['resume-off'];
  if (box.kind === 'job') return guardsOf(box);
  return startRun(world, box.handle).map((next) => ({ world: next, box: next.boxes[box.handle] as Box }));
}

function guardsOf({ runs, status, copy }: Box): Reason[] {
  if (runs > 0) return ['guard-ran'];
  // Whether a command that could not be started has run, once its box was stopped, is not said.
  return status === 'stopped' && copy === null ? ['guard-fresh', 'guard-ran'] : ['guard-fresh'];
}

const execRefusal = (step: Executing): Reason | null => {
  const { work } = step;
  const refusal = startRefusal(step, 'exec');
  if (refusal) return refusal;
  if (work.do === 'missing') return 'exec-missing';
  return work.do === 'directory' ? 'exec-directory' : null;
};

/**
 * What a box that ends meanwhile may answer instead (contract 7.1, 7.2). Nothing is settled by it: operations
 * may know of the end while the status word is still late.
 */
export const endedMeanwhile = (world: World): Outcome => refused('box-ended', world);

/** A boot is allowed for only where one is needed. */
const execDeadlineMs = (box: Box): number => (isUp(box) ? deadlines.commandMs : deadlines.bootMs);

/** No SDK is asked for the user of an execution or for a terminal. */
const isAskable = ({ via, user, tty }: Executing): boolean => !isSdk(via) || (user === undefined && !tty);

/** Whatever else is wrong may be told instead, as long as nothing is run and nothing boots for it (contract 8.4). */
function withoutTerminal(world: World, box: Box | null): Prediction {
  const others = box
    ? admit(world, box).filter((place) => typeof place === 'string')
    : ['unknown-box' as const];
  return allow(
    deadlines.commandMs,
    refused('no-terminal', world),
    ...others.map((reason) => refused(reason, world)),
  );
}

/** Foreground exec; over REST: POST exec, attach, read to the end. */
export function predictExec(world: World, step: Executing, profile: Profile): Prediction | null {
  const box = findBox(world, step.on, step.via);
  if (lacksTerminal(step)) return withoutTerminal(world, box);
  if (!box) return union(maybeUnable(step, profile, world, [refuse('unknown-box', world)]));
  if (box.status === 'ending' && hasEffects(step.work)) return null;
  if (!isAskable(step) || !isTellable(step.work, box.options, step)) return null;
  if (!isTellableOn(step, step.work)) return null;
  const places = admit(world, box).map((place) => execIn(world, box, step, place));
  return union(maybeUnable(step, profile, world, places));
}

/**
 * Servers before 0.11.0 have no field for the user of an execution: they may refuse it, booted or not, whatever else is
 * wrong, but never take another user (contract 12.1).
 */
function maybeUnable(
  { user, via }: Executing,
  { execUser }: Profile,
  world: World,
  places: (Prediction | null)[],
  without = (next: World): World => next,
): (Prediction | null)[] {
  if (user === undefined || via === 'cli' || execUser) return places;
  const up = places.flatMap((place) => (place ? without(place.outcomes[0].next) : []));
  return [...places, ...[...new Set([world, ...up])].map((next) => refuse('exec-user-unsupported', next))];
}

function execIn(world: World, box: Box, step: Executing, place: Admitted | Reason): Prediction | null {
  if (typeof place === 'string') return refuse(place, world);
  const late = box.status === 'ending' ? [endedMeanwhile(world)] : [];
  const refusal = execRefusal(step);
  if (refusal) return allow(execDeadlineMs(box), refused(refusal, place.world), ...late);
  const own = inForce(place.box, step);
  const ran = workResult(place.world, own, step.work, expanded(step.stdin ?? ''), false);
  const result = shownOf(step, step.work, ran);
  const usual = ranOutcome(step, result, place.world);
  return usual && allow(execDeadlineMs(box), usual, ...raceOutcomes(step, usual.next, result));
}

function ranOutcome(step: Executing, result: WorkResult, world: World): Outcome | null {
  if (result.ends === 'refused') return null;
  const { out } = result;
  const { timeoutS, via, work } = step;
  if (!result.ends) {
    const isTimed = timeoutS !== undefined && !isCli(via) && work.do === 'hold';
    if (!isTimed || typeof work.onTerm === 'number') return null;
    const codes = [143, 137];
    return done('timed-out', world, { is: 'ended', codes, out: { prefixOf: out }, err: { exactly: '' } });
  }
  if (timeoutS !== undefined && timeoutS < 1) return null;
  return done('ran', result.world, {
    is: 'ended',
    codes: result.code === 'nonzero' ? 'nonzero' : [result.code],
    out: result.shape ?? asText(via, outputOf(out, !isCli(via))),
    err: errOf(step, result),
  });
}

/** The CLI's stderr carries more than the command's (contract 1.1); a failing write says why, in its own words. */
const errOf = (step: Executing, result: Extract<WorkResult, { ends: true }>): BytesExpect => {
  const wordy = ['write', 'read', 'mode', 'runs'].includes(step.work.do);
  if (wordy) return { anything: true };
  return isCli(step.via) ? { contains: [result.err] } : asText(step.via, outputOf(result.err, true));
};

/**
 * The VM may go down under a process, one that itself lets the main command end included: the refusal, or a
 * non-zero code and a part of its output (contract 7.2, 7.4).
 */
function raceOutcomes(step: Executing, after: World, result: WorkResult): Outcome[] {
  if (after.boxes[step.on]?.status !== 'ending' || result.ends === 'refused') return [];
  const out = result.ends && result.shape ? ({ anything: true } as const) : cutOutputOf(result.out);
  const cut = done('cut', after, { is: 'ended', codes: 'nonzero', out, err: { anything: true } });
  return [endedMeanwhile(after), cut];
}

/** Whether an attached client's output can be predicted to the byte, and nothing depends on when it is run. */
const isStreamTellable = (work: Work): boolean =>
  !hasEffects(work) &&
  !['read', 'mode', 'runs', 'mounts', 'environ', 'machine', 'caps', 'link', 'reach', 'self'].includes(
    work.do,
  );

/** exec -d, POST exec: started, not waited for. */
export function predictSpawn(world: World, step: Spawning, profile: Profile): Prediction | null {
  const without = (next: World): World => withNew(next, 'execs', newExec(step, 'gone'));
  const lost = without(world);
  const box = findBox(world, step.on, step.via);
  if (!box) return union(maybeUnable(step, profile, lost, [refuse('unknown-box', lost)], without));
  if (!isAskable(step) || (step.tty && step.via !== 'rest') || !isStreamTellable(step.work)) return null;
  if (!isTellable(step.work, box.options, step) || !isTellableOn(step, step.work)) return null;
  const places = admit(world, box).map((place) => spawnIn(lost, box, step, place));
  return union(maybeUnable(step, profile, lost, places, without));
}

function spawnIn(lost: World, box: Box, step: Spawning, place: Admitted | Reason): Prediction {
  if (typeof place === 'string') return refuse(place, lost);
  const late = box.status === 'ending' ? [endedMeanwhile(lost)] : [];
  const refusal = execRefusal(step);
  const gone = withNew(place.world, 'execs', newExec(step, 'gone'));
  if (refusal) return allow(execDeadlineMs(box), refused(refusal, gone), ...late);
  const held = isSdk(step.via)
    ? { attachedBy: step.via, held: { via: step.via, read: false } }
    : { attachedBy: null };
  const exec = { ...spawned(place, step, place.box.status === 'ending'), ...held };
  const made = withNew(place.world, 'execs', exec);
  const told = isCli(step.via) ? gone : made;
  const served = servedBy(step.work);
  const serving = [...(told.boxes[box.handle]?.serving ?? []), ...served];
  const next = served.length > 0 ? withBox(told, box.handle, { serving }) : told;
  return allow(execDeadlineMs(box), done('spawned', next, { is: 'made' }), ...late);
}

function spawned(place: Admitted, step: Spawning, dying: boolean): Exec {
  const base = { ...newExec(step, 'running'), run: place.box.runs, stdinOpen: true };
  const ran = workResult(place.world, inForce(place.box, step), step.work, null, false);
  const result = shownOf(step, step.work, ran);
  if (result.ends === 'refused') return base;
  const cut = dying ? { cut: true, codes: cutCodes } : { cut: false, codes: [] };
  if (!result.ends) return { ...base, ...cut, out: result.out, status: dying ? 'ending' : 'running' };
  const code = wireCode(result.code === 'nonzero' ? 1 : result.code, step.work);
  return { ...base, ...cut, status: 'ending', codes: [code, ...cut.codes], out: result.out, err: result.err };
}

/** A tenant killed by k is −k on the wire (contract 5.1). */
const wireCode = (code: number, work: Work): number => (work.do === 'die' ? 128 - code : code);
