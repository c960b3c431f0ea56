import { deadlines } from '../../domain/deadlines.ts';
import type { Sdk } from '../../domain/surface.ts';
import { allow, done, type Outcome, type Prediction, refuse, refused } from '../outcome.ts';
import { resized } from '../terminal.ts';
import { type Exec, findExec, type World, withAttach, withExec } from '../world.ts';

/** Signals a client may send (contract 5.1). */
const allowedSignals: readonly number[] = [1, 2, 3, 6, 10, 12, 15, 28];
const TERM = 15;
const windowChange = 28;

/** A step about one execution; through an SDK by the one that it holds. */
interface OneExec {
  readonly exec: string;
  readonly via?: Sdk | undefined;
}

/** Whether there is no such thing to be asked: an SDK acts on executions that it has started and still holds. */
const isElsewhere = (world: World, { exec, via }: OneExec): boolean =>
  via !== undefined && world.execs[exec]?.held?.via !== via;

/** GET execution, polled to its end where one is coming. */
export function predictWait(world: World, step: OneExec): Prediction | null {
  const exec = findExec(world, step.exec);
  // The wait of an SDK ends with the execution, and what becomes of a forgotten one is not said.
  const isEndless = step.via && exec?.status !== 'ending' && exec?.status !== 'completed';
  if (isElsewhere(world, step) || isEndless) return null;
  if (!exec) return refuse('unknown-execution', world, deadlines.readMs);
  if (exec.status === 'running') {
    return allow(deadlines.readMs, done('still-running', world, { is: 'execution', status: 'running' }));
  }
  const slot = step.via && exec.attachedBy === step.via ? { attachedBy: null, draining: true } : {};
  const next = withExec(world, exec.handle, { status: 'completed', ...slot });
  const expect = { is: 'execution', status: 'completed', codes: exec.codes } as const;
  const deadlineMs = step.via ? deadlines.endMs : deadlines.readMs;
  return { ...allow(deadlineMs, done('completed', next, expect)), pollMs: deadlines.endMs };
}

/** POST signal. It may reach a process that is about to end by itself, or come too late (contract 5.1). */
export function predictSignal(world: World, step: OneExec & { readonly signal: number }): Prediction | null {
  if (isElsewhere(world, step)) return null;
  const exec = findExec(world, step.exec);
  if (!exec)
    return refuse(
      allowedSignals.includes(step.signal) ? 'unknown-execution' : 'bad-signal-or-unknown',
      world,
    );
  // Without a server between them any number goes through, whatever it then does (contract 15.5).
  if (step.via === 'local-sdk' && !allowedSignals.includes(step.signal)) return null;
  if (!allowedSignals.includes(step.signal)) return badSignal(world, exec);
  return predictSignalled(world, exec, step.signal);
}

function predictSignalled(world: World, exec: Exec, signal: number): Prediction | null {
  if (exec.status === 'ending') {
    const reached = withExec(world, exec.handle, struck(exec, signal));
    return allow(deadlines.commandMs, done('signalled', reached), refused('execution-over', world));
  }
  if (exec.status === 'completed') return allow(deadlines.commandMs, ...overOr(world));
  if (hasChild(exec) && signal !== windowChange) return null;
  const struckDown = done('signalled', signalled(world, exec, signal));
  // It may come before the handler is in place.
  return isIgnored(exec, signal)
    ? allow(deadlines.commandMs, done('signalled', world), struckDown)
    : allow(deadlines.commandMs, struckDown);
}

/** A child that holds its streams goes on when only the command itself is signalled: it is not told when that is over. */
export const hasChild = ({ work }: Exec): boolean => work.do === 'hold' && work.forks === true;

/** Whether the command goes on. */
export const isIgnored = ({ work }: Exec, signal: number): boolean =>
  work.do === 'hold' && work.onTerm === 'ignored' && signal === TERM;

/** A forbidden signal is refused; on something that may be over any typed answer will do (contract 5.1). */
const badSignal = (world: World, exec: Exec): Prediction =>
  exec.status === 'running'
    ? refuse('bad-signal', world)
    : allow(deadlines.commandMs, refused('bad-signal', world), ...overOr(world));

/** On something that is over: no effect, or a typed refusal (contract 5.1). */
const overOr = (world: World): [Outcome, Outcome] => [
  done('no-effect', world),
  refused('execution-over', world),
];

/** The world after a signal reached a running execution. */
export function signalled(world: World, exec: Exec, signal: number): World {
  if (signal === windowChange) return world;
  return withExec(world, exec.handle, { ...struck({ ...exec, codes: [] }, signal), status: 'ending' });
}

/** A handler that is not in place yet, or output not written yet: both happen right after the start. */
function struck(exec: Exec, signal: number): Partial<Exec> {
  if (signal === windowChange) return {};
  const onTerm = exec.work.do === 'hold' && signal === TERM ? exec.work.onTerm : undefined;
  const own = typeof onTerm === 'number' ? [onTerm] : [];
  const codes = [...new Set([...exec.codes, ...own, -signal])];
  return { codes, cut: true, stdinOpen: false };
}

/** DELETE: KILL, then forgotten (contract 5.1). */
export function predictKill(world: World, step: OneExec): Prediction | null {
  if (isElsewhere(world, step)) return null;
  const exec = findExec(world, step.exec);
  if (!exec) return refuse('unknown-execution', world);
  // In local mode nobody forgets it: it is a signal.
  if (step.via === 'local-sdk') return predictSignalled(world, exec, 9);
  const gone = forgotten(world, exec);
  if (exec.status === 'running') return allow(deadlines.commandMs, done('killed', gone));
  const kept = withExec(world, exec.handle, { status: 'completed' });
  return allow(deadlines.commandMs, done('forgotten', gone), refused('execution-over', kept));
}

function forgotten(world: World, exec: Exec): World {
  const { out, err } = exec;
  const final = { out, err, cut: true, codes: [...exec.codes, -9], exitFrame: 'must' } as const;
  const attach = exec.attachedBy ? world.attaches[exec.attachedBy] : undefined;
  const told = attach?.state === 'open' ? withAttach(world, attach.handle, { state: 'ended', final }) : world;
  return withExec(told, exec.handle, { status: 'gone', attachedBy: null });
}

/** POST resize; of an execution without a terminal: 204, or a typed refusal (contract 5.1). */
export function predictResize(
  world: World,
  step: OneExec & { readonly rows: number; readonly cols: number },
): Prediction | null {
  if (isElsewhere(world, step)) return null;
  const exec = findExec(world, step.exec);
  const sane = step.rows > 0 && step.cols > 0;
  if (!exec) return refuse(sane ? 'unknown-execution' : 'bad-size-or-unknown', world);
  if (!sane) return refuse('bad-size', world);
  return exec.tty && exec.status === 'running'
    ? allow(deadlines.commandMs, done('resized', resized(world, exec, step)))
    : allow(deadlines.commandMs, ...overOr(world));
}
