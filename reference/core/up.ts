import { spoil } from '../defects/spoil.ts';
import { defect } from '../defects/switch.ts';
import type { Owner } from '../vm/port.ts';
import { type GuardedVerb, guard } from './guard.ts';
import { bootVm, startMain, stopVm } from './power.ts';
import { profile } from './profile.ts';
import type { Box, Runtime } from './runtime.ts';

/**
 * `start`: a running box stays as it is, anything else gets a new run (contract 2.1). Call it alone on the box.
 * @throws Fault of the boot; the box is Failed then.
 */
export async function startBox(runtime: Runtime, box: Box, owner: Owner): Promise<void> {
  await settleEndedRun(box);
  if (box.record.status === 'running' && !defect('start-boots-twice')) return;
  if (box.record.status === 'running') await stopVm(runtime, box);
  spoil?.spoiledStart(box.record);
  if (!box.vm) await bootVm(runtime, box, owner);
  await startMain(runtime, box);
}

/**
 * Makes sure the box runs, for a verb that needs it. Call it alone on the box.
 * @returns whether it had to be booted for that.
 * @throws Fault of the guard or of the boot.
 */
export async function ensureUp(
  runtime: Runtime,
  box: Box,
  verb: GuardedVerb,
  owner: Owner,
): Promise<boolean> {
  await settleEndedRun(box);
  const start = () => startBox(runtime, box, owner);
  if (spoil) await spoil.spoiledGuard(resumable(box), verb, start);
  else guard(resumable(box), verb);
  if (box.record.status === 'running') return false;
  await start();
  return true;
}

/** Servers before 0.10.7 kept `auto_resume` without looking at it (contract 10). */
const resumable = ({ record }: Box) =>
  profile.deadlines ? record : { ...record, spec: { ...record.spec, autoResume: true } };

/**
 * A run whose main command is known to have ended is over as soon as its VM is off: a start in that moment
 * means one more run (contract 7.1).
 */
async function settleEndedRun(box: Box): Promise<void> {
  if (box.vm?.mainEnded) await box.vm.off;
}
