import { remove, stopBox } from '../core/end.ts';
import { messageOf } from '../core/fault.ts';
import { profile } from '../core/profile.ts';
import type { Box } from '../core/runtime.ts';
import type { App } from './app.ts';
import { sessionsOf } from './sessions/registry.ts';
import { finish, type Session, sendSignal } from './sessions/session.ts';

/** Between two sweeps, milliseconds (contract 5.4, 7.11). */
export const sweepEveryMs = 30_000;
/** How long a completed execution can be read, milliseconds. */
const retainedMs = 5 * 60_000;

/** Milliseconds of a unit; no unit means seconds. */
const units: Record<string, number> = { '': 1_000, s: 1_000, m: 60_000, h: 3_600_000 };

/** Milliseconds of `N`, `Ns`, `Nm` or `Nh`; nonsense means the default (contract 5.4). */
export function readGrace(value: string | undefined, otherwiseMs: number): number {
  const match = /^(\d+)([smh]?)$/.exec(value?.trim() ?? '');
  return match ? Number(match[1]) * (units[match[2] ?? ''] ?? 1_000) : otherwiseMs;
}

const { BOXLITE_RECONNECT_GRACE, BOXLITE_SHUTDOWN_GRACE, BOXLITE_MAX_SESSION_LIFETIME } = process.env;

/** Patience of the reaper. */
const graceMs = {
  reconnectMs: readGrace(BOXLITE_RECONNECT_GRACE, 300_000),
  shutdownMs: readGrace(BOXLITE_SHUTDOWN_GRACE, 30_000),
  lifetimeMs: readGrace(BOXLITE_MAX_SESSION_LIFETIME, 24 * 3_600_000),
};

/** One round of everything that depends on the clock. */
export async function sweep(app: App, nowMs: number = Date.now()): Promise<void> {
  for (const [id, session] of app.tenants) {
    if (isStale(session, nowMs)) app.tenants.delete(id);
    else await reap(app, session, nowMs);
  }
  for (const [id, session] of app.mains) if (isStale(session, nowMs)) app.mains.delete(id);
  if (!profile.deadlines) return;
  for (const box of [...app.runtime.boxes.values()])
    await enforceDeadlines(app, box, nowMs).catch((error) =>
      process.stderr.write(`[boxlite] sweep: ${messageOf(error)}\n`),
    );
}

const isStale = (session: Session, nowMs: number): boolean =>
  session.endedAtMs !== null && nowMs - session.endedAtMs > retainedMs;

/** A tenant nobody is attached to gets HUP, then TERM, then KILL and is forgotten (contract 5.4). */
async function reap(app: App, session: Session, nowMs: number): Promise<void> {
  if (session.endedAtMs !== null) return;
  const { reconnectMs, shutdownMs, lifetimeMs } = graceMs;
  const aloneMs = session.client === null ? nowMs - session.aloneSinceMs - reconnectMs : -1;
  const overdueMs = Math.max(aloneMs, nowMs - session.startedAtMs - lifetimeMs);
  if (overdueMs < 0) return;
  const signal = overdueMs < shutdownMs ? 1 : overdueMs < 2 * shutdownMs ? 15 : 9;
  await sendSignal(app.runtime, session, signal).catch(() => {});
  if (signal !== 9) return;
  finish(session, -9);
  app.tenants.delete(session.id);
}

async function enforceDeadlines(app: App, box: Box, nowMs: number): Promise<void> {
  const { status, spec, id, restedAtMs } = box.record;
  if (status === 'running') {
    const busy = sessionsOf(app, box).some((session) => !session.main && session.endedAtMs === null);
    if (busy) app.usedAtMs.set(id, nowMs);
    const usedAtMs = Math.max(app.usedAtMs.get(id) ?? nowMs, box.record.startedAtMs ?? 0);
    if (!app.usedAtMs.has(id)) app.usedAtMs.set(id, nowMs);
    if (spec.autoStopS > 0 && nowMs - usedAtMs >= spec.autoStopS * 1_000) await stopBox(app.runtime, box);
  } else if (spec.autoDeleteS > 0 && restedAtMs !== null && nowMs - restedAtMs >= spec.autoDeleteS * 1_000) {
    await remove(app.runtime, box, false);
  }
}
