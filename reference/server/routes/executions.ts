import { invalidArgument, invalidState } from '../../core/fault.ts';
import { find } from '../../core/runtime.ts';
import { defect } from '../../defects/switch.ts';
import { type App, used } from '../app.ts';
import { type Call, jsonOf } from '../call.ts';
import { execBody, execute, sendSignal } from '../execute.ts';
import { positive } from '../fields.ts';
import { created, noContent, ok, type Reply } from '../reply.ts';
import { sessionOf } from '../sessions/registry.ts';
import { finish, type Session } from '../sessions/session.ts';
import { allowedSignals, signalNotAllowed } from '../signals.ts';

export async function postExec(app: App, call: Call, box: string): Promise<Reply> {
  const body = execBody(await jsonOf(call));
  const session = await execute(app, box, body);
  return created({ execution_id: session.id });
}

const lookUp = (app: App, box: string, execution: string): Session =>
  sessionOf(app.registry, find(app.runtime, box), execution);

export async function getExecution(app: App, _call: Call, box: string, execution: string): Promise<Reply> {
  const session = lookUp(app, box, execution);
  if (session.exitCode === null) return ok({ execution_id: session.id, status: 'running' });
  return ok({ execution_id: session.id, status: 'completed', exit_code: session.exitCode });
}

/** KILL, then forget: an attached client gets the exit and its end (contract 5.1). */
export async function deleteExecution(app: App, _call: Call, box: string, execution: string): Promise<Reply> {
  const session = lookUp(app, box, execution);
  if (session.main) throw invalidState('the main session cannot be deleted; stop the box instead');
  if (session.endedAtMs === null) await sendSignal(app, session, 9).catch(() => {});
  finish(session, -9);
  if (!defect('killed-execution-kept')) app.registry.tenants.delete(session.id);
  return noContent;
}

export async function postSignal(app: App, call: Call, box: string, execution: string): Promise<Reply> {
  const { signal } = await jsonOf(call);
  const session = lookUp(app, box, execution);
  if (typeof signal !== 'number' || !Number.isInteger(signal))
    throw invalidArgument("field 'signal' must be a number");
  if (!allowedSignals.includes(signal) && !defect('any-signal-allowed'))
    throw invalidArgument(signalNotAllowed(signal));
  if (session.endedAtMs !== null) throw invalidState(`execution ${session.id} has already completed`);
  used(app, session.box);
  await sendSignal(app, session, signal).catch(() => {});
  return noContent;
}

export async function postResize(app: App, call: Call, box: string, execution: string): Promise<Reply> {
  const body = await jsonOf(call);
  lookUp(app, box, execution);
  // Nothing in a box of the reference looks at the size of its terminal.
  for (const side of ['rows', 'cols']) positive(body[side], side);
  return noContent;
}
