import { defect } from '../defects/switch.ts';
import type { Owner } from '../vm/port.ts';
import { internalFault, invalidState, isVmGone, noSuchBox, tenantFault } from './fault.ts';
import { startProcess } from './process.ts';
import { alone, type Box, offWithin, type Runtime } from './runtime.ts';
import { ensureUp } from './start.ts';

/** A command to be put into a running box. */
export interface ExecSpec {
  argv: string[];
  env: Record<string, string>;
  /** The box's own when absent. */
  workdir?: string;
  /** The box's own when absent. */
  user?: string;
  tty: boolean;
  /** Somebody reads the output from its first byte. */
  followed: boolean;
}

/** How often an exec looks again when the run ended under it (contract 7.2). */
const attempts = 3;

/**
 * Starts a tenant, booting a sandbox box first when it rests.
 * @returns its id, and whether the box was booted for it.
 * @throws Fault invalid-state (guard), execution (the command cannot be started), not-found (box removed).
 */
export async function execIn(
  runtime: Runtime,
  box: Box,
  spec: ExecSpec,
  owner: Owner,
): Promise<{ process: string; booted: boolean }> {
  for (let attempt = 0; attempt < attempts; attempt++) {
    if (defect('sometimes-exec-refused')) throw internalFault('InitReady, expected: IntermediateReady(0)');
    const booted = await alone(box, () => ensureUp(runtime, box, 'exec', owner));
    const process = await startTenant(runtime, box, spec);
    if (process !== null) return { process, booted };
  }
  throw invalidState(
    `box ${box.record.id} is no longer running: it went down before the command had started`,
  );
}

/** The new process' id; null when the VM went down in the meantime. */
async function startTenant(runtime: Runtime, box: Box, spec: ExecSpec): Promise<string | null> {
  const { record, vm } = box;
  const cwd = spec.workdir ?? (defect('box-workdir-not-for-exec') ? '/' : record.spec.workdir);
  const user = (defect('exec-user-ignored') ? undefined : spec.user) ?? record.spec.user;
  const { argv, env, followed } = spec;
  const tty = spec.tty && !defect('terminal-ignored');
  try {
    return await startProcess(runtime, record, { argv, env, cwd, user, tty, init: false, followed });
  } catch (error) {
    if (!isVmGone(error)) throw tenantFault(error, spec.argv[0] ?? '');
    await offWithin(vm, 5_000);
    if (box.removed) throw noSuchBox(record.id);
    return null;
  }
}
