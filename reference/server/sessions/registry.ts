import { internalFault, noSuchExecution } from '../../core/fault.ts';
import type { Box } from '../../core/runtime.ts';
import { defect } from '../../defects/switch.ts';
import { newSession, type Session } from './session.ts';

/** All sessions of a server: tenants by their id, main sessions by their box. */
export interface Registry {
  tenants: Map<string, Session>;
  mains: Map<string, Session>;
}

/** A registry without sessions. */
export const newRegistry = (): Registry => ({ tenants: new Map(), mains: new Map() });

/**
 * The session an execution id means in a box; the container id means the main session.
 * @throws Fault not-found for any other text, one that names another box's execution included.
 */
export function sessionOf(registry: Registry, box: Box, id: string): Session {
  const main = registry.mains.get(box.record.id);
  const found = id === box.record.containerId ? main : registry.tenants.get(id);
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
export function pendingMain(registry: Registry, box: Box): Session {
  const known = registry.mains.get(box.record.id);
  if (known && known.process === null) return known;
  const { containerId } = box.record;
  const session = newSession(box, containerId, { main: true, process: null });
  registry.mains.set(box.record.id, session);
  return session;
}

/** Sessions of one box. */
export function sessionsOf(registry: Registry, box: Box): Session[] {
  const main = registry.mains.get(box.record.id);
  const tenants = [...registry.tenants.values()].filter((session) => session.box === box);
  return main ? [main, ...tenants] : tenants;
}

/** Forgets everything about a box. */
export function forgetBox(registry: Registry, box: Box): void {
  registry.mains.delete(box.record.id);
  for (const [id, session] of registry.tenants) if (session.box === box) registry.tenants.delete(id);
}
