import { remove, stopBox } from '../core/end.ts';
import { messageOf } from '../core/fault.ts';
import { profile } from '../core/profile.ts';
import { type Box, offWithin, type Runtime, update } from '../core/runtime.ts';
import { defect } from '../defects/switch.ts';
import { type App, pendingMain, sessionsOf } from './app.ts';
import { abandon, feed, finish, input, type Session, unknownCode } from './session.ts';

/** A server on an opened home; main commands that are alive are followed at once. */
export async function newApp(runtime: Runtime, apiKey: string | undefined): Promise<App> {
  const app: App = {
    runtime,
    apiKey,
    tenants: new Map(),
    mains: new Map(),
    totals: { created: 0, failed: 0, stopped: 0, commands: 0, commandErrors: 0 },
    usage: new Map(),
  };
  runtime.watcher = {
    mainStarted: (box, process) => mainStarted(app, box, process),
    mainFailed: (box, message) => mainFailed(app, box, message),
    vmEnded: (box) => boxEnded(app, box),
    removed: (box) => boxRemoved(app, box),
  };
  for (const box of runtime.boxes.values()) if (box.vm?.main) await mainStarted(app, box, box.vm.main);
  return app;
}

/** Orderly end of a server: boxes it owns are stopped, every attached client gets an end (contract 3.5). */
export async function endAll(app: App): Promise<void> {
  const boxes = [...app.runtime.boxes.values()];
  const owned = boxes.filter(
    (box) => box.vm && (!box.record.spec.detached || defect('shutdown-stops-detached')),
  );
  for (const box of boxes)
    if (!box.vm && defect('codes-lost-at-shutdown')) update(app.runtime, box, { exitCode: null });
  await Promise.allSettled(owned.map((box) => stopBox(app.runtime, box)));
  for (const session of [...app.tenants.values(), ...app.mains.values()]) {
    if (session.box.vm) abandon(session, 'the server is shutting down');
    else finish(session, unknownCode);
  }
}

/** How long a VM may take to go down after its main command, milliseconds. */
const powerOffLimitMs = 20_000;
/** How long an exit may lag behind the end of its VM, milliseconds. */
const exitLagMs = 1_000;

/** Gives the main session its process; a client that attached before the start gets the first byte. */
async function mainStarted(app: App, box: Box, process: string): Promise<void> {
  const session = pendingMain(app, box);
  if (!defect('metrics-outlive-run')) app.usage.delete(box.record.id);
  session.process = process;
  session.startedAtMs = Date.now();
  const { vm } = box;
  await feed(app.runtime, session, async (code) => {
    if (vm) {
      vm.mainEnded = true;
      await offWithin(vm, powerOffLimitMs);
    }
    return mainCode(box, code);
  });
  for (const data of session.early.splice(0)) await input(app.runtime, session, data).catch(() => {});
}

/** The number the box keeps, where there is one (contract 5.1). */
function mainCode(box: Box, code: number | null): number {
  if (box.record.exitCode !== null && box.record.status !== 'running') return box.record.exitCode;
  if (code === null) return unknownCode;
  return code < 0 ? 128 - code : code;
}

/** The main command could not be started: whoever waited for it is told why. */
function mainFailed(app: App, box: Box, message: string): void {
  if (!defect('failed-boots-uncounted')) app.totals.failed += 1;
  endPending(app, box, message);
}

function endPending(app: App, box: Box, reason: string): void {
  const session = app.mains.get(box.record.id);
  if (!session || session.process !== null) return;
  app.mains.delete(box.record.id);
  abandon(session, reason);
}

/** The VM is off. Exits of its processes arrive by themselves; what does not is ended here (contract 8.8). */
function boxEnded(app: App, box: Box): void {
  endPending(app, box, `box ${box.record.id} was stopped before its main command was started`);
  const live = sessionsOf(app, box).filter((session) => session.endedAtMs === null);
  if (live.length === 0) return;
  const timer = setTimeout(() => live.forEach(lost), exitLagMs);
  timer.unref();
}

const lost = (session: Session) => finish(session, unknownCode);

/** The box is gone: live attaches end, and every execution is unknown from now on (contract 5.4). */
function boxRemoved(app: App, box: Box): void {
  for (const session of sessionsOf(app, box)) {
    if (session.process === null) abandon(session, `box ${box.record.id} was removed`);
    else finish(session, session.main ? 137 : -9);
  }
  for (const kept of [app.mains, app.usage]) kept.delete(box.record.id);
  for (const [id, session] of app.tenants) if (session.box === box) app.tenants.delete(id);
}

/** Between two sweeps, milliseconds (contract 5.4, 7.11). */
export const sweepEveryMs = 30_000;
/** How long a completed execution can be read, milliseconds. */
const retainedMs = 5 * 60_000;

/** One round of everything that depends on the clock. */
export async function sweep(app: App, nowMs: number = Date.now()): Promise<void> {
  for (const sessions of [app.tenants, app.mains])
    for (const [id, { endedAtMs }] of sessions)
      if (endedAtMs !== null && nowMs - endedAtMs > retainedMs) sessions.delete(id);
  if (!profile.deadlines) return;
  for (const box of [...app.runtime.boxes.values()])
    if (isDue(box, nowMs))
      await remove(app.runtime, box, false).catch((error) =>
        process.stderr.write(`[boxlite] sweep: ${messageOf(error)}\n`),
      );
}

/** Whether a box at rest is to be removed by now. */
const isDue = ({ record: { status, spec, restedAtMs } }: Box, nowMs: number): boolean =>
  status !== 'running' &&
  spec.autoDeleteS > 0 &&
  restedAtMs !== null &&
  nowMs - restedAtMs >= spec.autoDeleteS * 1_000;
