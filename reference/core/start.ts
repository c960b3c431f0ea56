import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { spoil } from '../defects/spoil.ts';
import { defect } from '../defects/switch.ts';
import { boxDir } from '../home/home.ts';
import type { Owner } from '../vm/port.ts';
import { type BoxSpec, type GuardedVerb, guard, type ImageSource, mainArgv } from './box.ts';
import { effective } from './capabilities.ts';
import { endVm, forget, vmEnded } from './end.ts';
import { imageFault, internalFault, invalidArgument, mainFault, messageOf } from './fault.ts';
import { startProcess } from './process.ts';
import { type Box, type LiveVm, newLiveVm, type Runtime, recordsOf, update } from './runtime.ts';

/**
 * `start`: a running box stays as it is, anything else gets a new run (contract 2.1). Call it alone on the box.
 * @throws Fault of the boot; the box is Failed then.
 */
export async function startBox(runtime: Runtime, box: Box, owner: Owner): Promise<void> {
  await settleEndedRun(box);
  if (box.record.status === 'running' && !defect('start-boots-twice')) return;
  if (box.record.status === 'running') await endVm(runtime, box, 'stop');
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
  if (spoil) await spoil.spoiledGuard(box.record, verb, start);
  else guard(box.record, verb);
  if (box.record.status === 'running') return false;
  await start();
  return true;
}

/**
 * A run whose main command is known to have ended is over as soon as its VM is off: a start in that moment
 * means one more run (contract 7.1).
 */
async function settleEndedRun(box: Box): Promise<void> {
  if (box.vm?.mainEnded) await box.vm.off;
}

/**
 * Boots the VM of a box that has none; the main command is not started yet. A failure leaves the box Failed.
 * @throws Fault image for an unknown image, invalid-argument for a bad rootfs or mount.
 */
export async function bootVm(runtime: Runtime, box: Box, wanted: Owner): Promise<void> {
  const { record } = box;
  const owner = spoiledOwner(wanted);
  try {
    checkBootable(record.spec);
    update(runtime, box, { pid: 0, vmOwner: owner });
    const hypervisor = await runtime.hypervisor();
    const mounts = spoil ? spoil.spoiledMounts(record, recordsOf(runtime)) : record.spec.mounts;
    const { cpus, memoryMib, diskGb, network } = record.spec;
    const capabilities = effective(record.spec.capabilities);
    const hasNetwork = network.hasDevice || defect('network-never-off');
    const { outbound } = network;
    const rules = record.runs > 0 && defect('policy-forgotten-at-start') ? [] : network.rules;
    const policy = { outbound, rules };
    const hardware = { cpus, memoryMib, diskGb, capabilities, hasNetwork, policy };
    const ports = record.runs > 0 && defect('ports-lost-after-restart') ? [] : record.spec.ports;
    const spec = { box: record.id, dir: boxDir(runtime.home, record.id), mounts, ports, owner, hardware };
    box.vm = newLiveVm(null);
    const { pid } = await hypervisor.boot(spec);
    update(runtime, box, { pid });
    spoil?.leakAtBoot(runtime.home, record.id);
  } catch (error) {
    throw bootFailed(runtime, box, mainFault(error));
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
async function startMain(runtime: Runtime, box: Box): Promise<void> {
  const { record, vm } = box;
  if (!vm) throw internalFault(`the VM of box ${record.id} went down before its main command was started`);
  const { workdir: cwd, user, tty } = record.spec;
  const argv = mainArgv(record.spec);
  const followed = runtime.watcher.mainStarted !== undefined;
  vm.starting = true;
  try {
    vm.main = await startProcess(runtime, record, { argv, env: {}, cwd, user, tty, init: true, followed });
    const exitCode = defect('old-code-kept') ? record.exitCode : null;
    const runs = record.runs + 1;
    update(runtime, box, { status: 'running', runs, exitCode, restedAtMs: null });
    await runtime.watcher.mainStarted?.(box, vm.main);
    begun(runtime, box, vm);
  } catch (error) {
    begun(runtime, box, vm);
    await endVm(runtime, box, 'kill');
    throw bootFailed(runtime, box, mainFault(error, argv[0]));
  }
}

/** The start has been answered; an end that overtook the answer counts now. */
function begun(runtime: Runtime, box: Box, vm: LiveVm): void {
  vm.starting = false;
  if (vm.early) vmEnded(runtime, box, vm.early.code);
}

function bootFailed(runtime: Runtime, box: Box, error: unknown): unknown {
  box.vm = null;
  const status = defect('failed-start-shows-configured') ? 'configured' : 'failed';
  update(runtime, box, { status, pid: null, exitCode: null, restedAtMs: Date.now() });
  runtime.watcher.mainFailed?.(box, messageOf(error));
  if (defect('failed-start-deletes-box')) forget(runtime, box);
  return error;
}

/** The images this runtime can "pull"; any other name is unknown to its registry. */
const knownImages = new Set(['alpine', 'alpine:latest', 'busybox', 'busybox:latest']);

/**
 * Checks what a boot needs on the host: image, rootfs, mount sources. Asked at every boot, not at create,
 * where nothing is pulled yet (contract 2.3).
 * @throws Fault image (unknown image) or invalid-argument (rootfs, mount source).
 */
function checkBootable(spec: BoxSpec): void {
  checkSource(spec.source);
  for (const mount of spec.mounts)
    if (!existsSync(mount.source)) throw invalidArgument(`volume source ${mount.source} does not exist`);
}

function checkSource(source: ImageSource): void {
  if ('image' in source) {
    if (knownImages.has(source.image)) return;
    throw imageFault(`failed to pull ${source.image}: manifest unknown: not found in any registry`);
  }
  if (!existsSync(source.rootfs)) throw invalidArgument(`rootfs path ${source.rootfs} does not exist`);
  if (existsSync(join(source.rootfs, 'oci-layout'))) return;
  throw invalidArgument(`rootfs path ${source.rootfs} is no OCI image layout: it has no oci-layout file`);
}
