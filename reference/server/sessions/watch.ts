import { type Box, offWithin } from '../../core/runtime.ts';
import type { App } from '../app.ts';
import { feed, input, unknownCode } from './feed.ts';
import { forgetBox, pendingMain, sessionsOf } from './registry.ts';
import { abandon, finish, type Session } from './session.ts';

/** How long a VM may take to go down after its main command, milliseconds. */
const powerOffLimitMs = 20_000;
/** How long an exit may lag behind the end of its VM, milliseconds. */
const exitLagMs = 1_000;

/** Gives the main session its process; a client that attached before the start gets the first byte. */
export async function mainStarted(app: App, box: Box, process: string): Promise<void> {
  const session = pendingMain(app.registry, box);
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
export function mainFailed(app: App, box: Box, message: string): void {
  app.totals.failed += 1;
  endPending(app, box, message);
}

function endPending(app: App, box: Box, reason: string): void {
  const session = app.registry.mains.get(box.record.id);
  if (!session || session.process !== null) return;
  app.registry.mains.delete(box.record.id);
  abandon(session, reason);
}

/** The VM is off. Exits of its processes arrive by themselves; what does not is ended here (contract 8.8). */
export function boxEnded(app: App, box: Box): void {
  endPending(app, box, `box ${box.record.id} was stopped before its main command was started`);
  const live = sessionsOf(app.registry, box).filter((session) => session.endedAtMs === null);
  if (live.length === 0) return;
  const timer = setTimeout(() => live.forEach(lost), exitLagMs);
  timer.unref();
}

const lost = (session: Session) => finish(session, unknownCode);

/** The box is gone: live attaches end, and every execution is unknown from now on (contract 5.4). */
export function boxRemoved(app: App, box: Box): void {
  for (const session of sessionsOf(app.registry, box)) {
    if (session.process === null) abandon(session, `box ${box.record.id} was removed`);
    else finish(session, session.main ? 137 : -9);
  }
  forgetBox(app.registry, box);
  app.usedAtMs.delete(box.record.id);
  app.usage.delete(box.record.id);
}
