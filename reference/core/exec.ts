import { defect } from '../defects/switch.ts';
import type { Owner } from '../vm/port.ts';
import { internalFault, invalidState, noSuchBox } from './fault.ts';
import type { Box, Runtime } from './runtime.ts';
import { alone } from './runtime.ts';
import { isVmGone, tenantFault } from './spawn-fault.ts';
import { startProcess } from './start-process.ts';
import { ensureUp } from './up.ts';
import { within } from './within.ts';

/** A command to be put into a running box. */
export interface ExecSpec {
  argv: string[];
  env: Record<string, string>;
  /** The box's own when absent. */
  workdir?: string;
  tty: boolean;
  /** Somebody reads the output from its first byte. */
  followed: boolean;
}

/** A tenant that has been started. */
export interface Started {
  process: string;
  /** The box was booted for it. */
  booted: boolean;
}

/** How often an exec looks again when the run ended under it (contract 7.2). */
const attempts = 3;

/**
 * Starts a tenant, booting a sandbox box first when it rests.
 * @throws Fault invalid-state (guard), execution (the command cannot be started), not-found (box removed).
 */
export async function execIn(runtime: Runtime, box: Box, spec: ExecSpec, owner: Owner): Promise<Started> {
  for (let attempt = 0; attempt < attempts; attempt++) {
    if (defect('sometimes-exec-refused')) throw internalFault('InitReady, expected: IntermediateReady(0)');
    const booted = await alone(box, () => ensureUp(runtime, box, 'exec', owner));
    const process = await startTenant(runtime, box, spec);
    if (process !== null) return { process, booted };
  }
  throw invalidState(`box ${box.record.id} went down while the command was being started`);
}

/** The new process' id; null when the VM went down in the meantime. */
async function startTenant(runtime: Runtime, box: Box, spec: ExecSpec): Promise<string | null> {
  const { record, vm } = box;
  const cwd = spec.workdir ?? record.spec.workdir;
  const { argv, env, tty, followed } = spec;
  try {
    return await startProcess(runtime, record, { argv, env, cwd, tty, init: false, followed });
  } catch (error) {
    if (!isVmGone(error)) throw tenantFault(error, spec.argv[0] ?? '');
    if (vm) await within(vm.off, 5_000, undefined);
    if (box.removed) throw noSuchBox(record.id);
    return null;
  }
}
