import { internalFault, noSuchExecution } from '../../core/fault.ts';
import type { Box } from '../../core/runtime.ts';
import { defect } from '../../defects/switch.ts';
import type { App } from '../app.ts';
import { newSession, type Session } from './session.ts';

/**
 * The session an execution id means in a box; the container id means the main session.
 * @throws Fault not-found for any other text, one that names another box's execution included.
 */
export function sessionOf(app: App, box: Box, id: string): Session {
  const main = app.mains.get(box.record.id);
  const found = id === box.record.containerId ? main : app.tenants.get(id);
  const known = found?.box === box && found.process !== null;
  if (known && !(found.exitCode !== null && defect('completed-execution-forgotten'))) return found;
  if (defect('bogus-execution-accepted')) return completedSession(box, id);
  throw defect('bogus-execution-500') ? internalFault(`no stream for ${id}`) : noSuchExecution(id);
}

const completedSession = (box: Box, id: string): Session => ({
  ...newSession(box, id, { main: false, process: id }),
  exitCode: 0,
  endedAtMs: Date.now(),
});

/** The main session of a box that has been booted but not started, made when there is none. */
export function pendingMain(app: App, box: Box): Session {
  const known = app.mains.get(box.record.id);
  if (known && known.process === null) return known;
  const { containerId } = box.record;
  const session = newSession(box, containerId, { main: true, process: null });
  app.mains.set(box.record.id, session);
  return session;
}

/** Sessions of one box. */
export function sessionsOf(app: App, box: Box): Session[] {
  const main = app.mains.get(box.record.id);
  const tenants = [...app.tenants.values()].filter((session) => session.box === box);
  return main ? [main, ...tenants] : tenants;
}
