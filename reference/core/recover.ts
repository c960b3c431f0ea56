import { spoil } from '../defects/spoil.ts';
import { defect } from '../defects/switch.ts';
import { recordedExit } from '../home/records.ts';
import type { Hypervisor, VmState } from '../vm/port.ts';
import { removeBox } from './end.ts';
import { type Box, newLiveVm, type Runtime, update } from './runtime.ts';

/**
 * Makes records and VMs agree after an earlier process ended, in whatever way (contract 3.5): live VMs are
 * adopted, VMs whose owner is gone are stopped, the rest is settled from the recorded code.
 */
export async function recover(runtime: Runtime): Promise<void> {
  const hypervisor = await runtime.hypervisor();
  // One that ends while the rest is settled is over, whatever the list says of it.
  const ended = new Set<string>();
  hypervisor.onEnd(({ box }) => ended.add(box));
  const vms = new Map((await hypervisor.vms()).map((vm) => [vm.box, vm]));
  for (const box of runtime.boxes.values()) {
    const { id } = box.record;
    await settle(runtime, hypervisor, box, ended.has(id) ? undefined : vms.get(id));
  }
  if (defect('rm-leaves-vm')) return;
  for (const id of vms.keys()) if (!runtime.boxes.has(id)) await hypervisor.kill(id).catch(() => {});
}

async function settle(runtime: Runtime, hypervisor: Hypervisor, box: Box, vm: VmState | undefined) {
  const kept = vm && isKept(vm) && !defect('recovery-kills-vm');
  if (kept && defect('detached-forgotten')) return removeBox(runtime, box);
  if (kept && defect('detached-shown-stopped')) return update(runtime, box, { status: 'stopped', pid: null });
  if (kept) return adopt(runtime, box, vm);
  if (vm) await (vm.init === null ? hypervisor.kill(vm.box) : hypervisor.stop(vm.box)).catch(() => {});
  if (box.record.spec.removeAtEnd) return removeBox(runtime, box);
  if (box.record.pid !== null || box.record.status === 'running') settleGone(runtime, box);
}

/** A VM lives on when nobody owns it and its main command was started. */
const isKept = (vm: VmState): boolean => vm.owner === 'detached' && vm.init !== null;

function adopt(runtime: Runtime, box: Box, vm: VmState): void {
  box.vm = newLiveVm(vm.init);
  if (box.record.status === 'running' && box.record.pid === vm.pid) return;
  update(runtime, box, { status: 'running', pid: vm.pid, exitCode: null });
}

function settleGone(runtime: Runtime, box: Box): void {
  const { status, vmOwner } = box.record;
  if (status === 'running' && defect('stuck-running')) return;
  const recorded = recordedExit(runtime.home, box.record.id);
  const code = spoil ? spoil.spoiledMainCode(recorded, false) : recorded;
  const crashed = code === null && vmOwner === 'detached';
  const rested = status === 'running' ? (crashed ? 'failed' : 'stopped') : status;
  update(runtime, box, { status: rested, exitCode: code, pid: null, restedAtMs: Date.now() });
}
