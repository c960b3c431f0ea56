import { spoil } from '../defects/spoil.ts';
import { defect } from '../defects/switch.ts';
import { boxDir } from '../home/layout.ts';
import { clearExit, removeRecord } from '../home/records.ts';
import type { Owner } from '../vm/port.ts';
import { checkBootable } from './bootable.ts';
import { mainArgv } from './box.ts';
import { internalFault, messageOf } from './fault.ts';
import { type Box, type LiveVm, newLiveVm, type Runtime, recordsOf, update } from './runtime.ts';
import { bootFault, mainFault } from './spawn-fault.ts';
import { startProcess } from './start-process.ts';
import { within } from './within.ts';

/** Longest wait for the end of a VM that was stopped or killed, milliseconds (contract 3.3). */
const offLimitMs = 15_000;

/**
 * Boots the VM of a box that has none; the main command is not started yet. A failure leaves the box Failed.
 * @throws Fault image for an unknown image, invalid-argument for a bad rootfs or mount.
 */
export async function bootVm(runtime: Runtime, box: Box, wanted: Owner): Promise<void> {
  const { record } = box;
  const owner = spoiledOwner(wanted);
  try {
    checkBootable(record.spec);
    clearExit(runtime.home, record.id);
    update(runtime, box, { pid: 0, vmOwner: owner });
    const hypervisor = await runtime.hypervisor();
    const mounts = spoil ? spoil.spoiledMounts(record, recordsOf(runtime)) : record.spec.mounts;
    const spec = { box: record.id, dir: boxDir(runtime.home, record.id), mounts, owner };
    box.vm = newLiveVm(null);
    const { pid } = await hypervisor.boot(spec);
    update(runtime, box, { pid });
    spoil?.leakAtBoot(runtime.home, record.id);
  } catch (error) {
    throw bootFailed(runtime, box, bootFault(error));
  }
}

/** Who a VM is booted for (contract 3.4). */
function spoiledOwner(owner: Owner): Owner {
  if (owner === 'detached') return defect('detached-dies-with-owner') ? 'connection' : owner;
  return defect('foreground-outlives-cli') ? 'detached' : owner;
}

/**
 * Starts the main command in a booted VM: a new run of the box.
 * @throws Fault invalid-argument when the command cannot be started; the box is Failed then.
 */
export async function startMain(runtime: Runtime, box: Box): Promise<void> {
  const { record, vm } = box;
  if (!vm) throw internalFault(`the VM of box ${record.id} went down before its main command was started`);
  const { workdir: cwd, tty } = record.spec;
  const argv = mainArgv(record.spec);
  const followed = runtime.watcher.mainStarted !== undefined;
  vm.starting = true;
  try {
    vm.main = await startProcess(runtime, record, { argv, env: {}, cwd, tty, init: true, followed });
    const exitCode = defect('old-code-kept') ? record.exitCode : null;
    const startedAtMs = Date.now();
    update(runtime, box, {
      status: 'running',
      runs: record.runs + 1,
      startedAtMs,
      exitCode,
      restedAtMs: null,
    });
    await runtime.watcher.mainStarted?.(box, vm.main);
    begun(runtime, box, vm);
  } catch (error) {
    begun(runtime, box, vm);
    await killVm(runtime, box);
    throw bootFailed(runtime, box, mainFault(error, argv[0]));
  }
}

/** The start has been answered; an end that overtook the answer counts now. */
function begun(runtime: Runtime, box: Box, vm: LiveVm): void {
  vm.starting = false;
  if (vm.early) vmEnded(runtime, box, vm.early.code);
}

/** Takes a box off the books and off the disk. */
export function forget(runtime: Runtime, box: Box): void {
  box.removed = true;
  if (!defect('removed-box-answers')) runtime.boxes.delete(box.record.id);
  removeRecord(runtime.home, box.record);
}

function bootFailed(runtime: Runtime, box: Box, error: unknown): unknown {
  box.vm = null;
  const status = defect('failed-start-shows-configured') ? 'configured' : 'failed';
  update(runtime, box, { status, pid: null, exitCode: null, restedAtMs: Date.now() });
  runtime.watcher.mainFailed?.(box, messageOf(error));
  if (defect('failed-start-deletes-box')) forget(runtime, box);
  return error;
}

/** Kills the VM, if there is one, and waits until it is off. Nothing of the run is recorded. */
export async function killVm(runtime: Runtime, box: Box): Promise<void> {
  await endVm(runtime, box, async (hypervisor) => {
    await hypervisor.kill(box.record.id);
    return null;
  });
}

/** Stops the VM, if there is one, in the orderly way: TERM, then KILL (contract 3.3). */
export async function stopVm(runtime: Runtime, box: Box): Promise<void> {
  await endVm(runtime, box, async (hypervisor) => (await hypervisor.stop(box.record.id)).code);
}

type EndVm = (hypervisor: Awaited<ReturnType<Runtime['hypervisor']>>) => Promise<number | null>;

async function endVm(runtime: Runtime, box: Box, end: EndVm): Promise<void> {
  const { vm } = box;
  if (!vm) return;
  vm.ending = true;
  const code = await end(await runtime.hypervisor()).catch(() => null);
  await within(vm.off, offLimitMs, undefined);
  if (box.vm === vm) vmEnded(runtime, box, code);
}

/** Takes note of a VM that is off: by itself, by a stop or by a kill. `code`: n, 128+k, or -k. */
export function vmEnded(runtime: Runtime, box: Box, code: number | null): void {
  const { vm, record } = box;
  if (!vm) return;
  if (vm.starting) {
    vm.early = { code };
    return;
  }
  box.vm = null;
  if (!vm.ending && defect('stuck-running')) {
    vm.markOff();
    return;
  }
  const kept = code !== null && code < 0 ? 128 - code : code;
  const exitCode = spoil ? spoil.spoiledMainCode(kept, vm.ending) : kept;
  const crashed = code === null && !vm.ending;
  const rested = record.status === 'running' ? (crashed ? 'failed' : 'stopped') : record.status;
  update(runtime, box, { status: rested, exitCode, pid: null, restedAtMs: Date.now() });
  vm.markOff();
  runtime.watcher.vmEnded?.(box);
}
