import { spoil } from '../defects/spoil.ts';
import { defect } from '../defects/switch.ts';
import { removeRecord } from '../home/records.ts';
import { invalidState } from './fault.ts';
import { alone, type Box, offWithin, type Runtime, recordsOf, update } from './runtime.ts';

/** Longest wait for the end of a VM that was stopped or killed, milliseconds (contract 3.3). */
const offLimitMs = 15_000;

/**
 * `stop`: without effect on a box at rest, a Failed one becomes Stopped (contract 2.1). The code of a run that
 * has ended stays.
 */
export const stopBox = (runtime: Runtime, box: Box): Promise<void> =>
  alone(box, async () => {
    const { status } = box.record;
    if (status === 'stopped' && defect('stop-not-idempotent'))
      throw invalidState(`box ${box.record.id} is not running`);
    if (defect('stop-slow')) await spoil?.late(20_000);
    await endVm(runtime, box, 'stop');
    if (status === 'stopped' && defect('stop-clears-code')) update(runtime, box, { exitCode: null });
    if (status === 'configured' && defect('stop-configured-stops'))
      update(runtime, box, { status: 'stopped' });
    if (box.record.status === 'failed') update(runtime, box, { status: 'stopped' });
  });

/**
 * `rm`: a box at rest goes, a running one only by force (contract 2.6).
 * @throws Fault invalid-state for a running box without `force`.
 */
export function remove(runtime: Runtime, named: Box, force: boolean): Promise<void> {
  const last = newest(runtime) ?? named;
  const box = last !== named && defect('wrong-box-removed') ? last : named;
  return alone(box, async () => {
    const running = box.record.status === 'running';
    if (running && (force ? defect('force-ignored') : !defect('force-implied'))) throw stillRunning(box);
    if (!force && clonesOf(runtime, box).length > 0 && !defect('rm-forgets-clones')) throw hasClones(box);
    if (defect('rm-leaves-vm')) box.vm = null;
    await endVm(runtime, box, 'kill');
    removeBox(runtime, box);
  });
}

const clonesOf = (runtime: Runtime, { record }: Box): Box[] =>
  [...runtime.boxes.values()].filter((other) => other.record.source === record.id);

const hasClones = (box: Box) =>
  invalidState(`cannot remove box ${box.record.id}: other boxes have clone dependencies on it`);

const newest = (runtime: Runtime): Box | undefined => runtime.boxes.get(recordsOf(runtime)[0]?.id ?? '');

/** Deletes what is left of a box without a VM. */
export function removeBox(runtime: Runtime, box: Box): void {
  forget(runtime, box);
  spoil?.keepName(runtime.home, box.record);
  runtime.watcher.removed?.(box);
}

const stillRunning = (box: Box) =>
  invalidState(`cannot remove box ${box.record.id}: it is running. Use force=true to stop first`);

/** Takes a box off the books and off the disk. */
export function forget(runtime: Runtime, box: Box): void {
  box.removed = true;
  if (!defect('removed-box-answers')) runtime.boxes.delete(box.record.id);
  removeRecord(runtime.home, box.record);
}

/**
 * Ends the VM, if there is one, and waits until it is off: in the orderly way, TERM, then KILL (contract 3.3), or at
 * once, where nothing of the run is recorded.
 */
export async function endVm(runtime: Runtime, box: Box, how: 'stop' | 'kill'): Promise<void> {
  const { vm, record } = box;
  if (!vm) return;
  vm.ending = true;
  const hypervisor = await runtime.hypervisor();
  const ended = await hypervisor[how](record.id).catch(() => null);
  await offWithin(vm, offLimitMs);
  if (box.vm === vm) vmEnded(runtime, box, ended?.code ?? null);
}

/** Takes note of a VM that is off: by itself, by a stop or by a kill. `code`: n or 128+k. */
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
  const exitCode = spoil ? spoil.spoiledMainCode(code, vm.ending) : code;
  const crashed = code === null && !vm.ending;
  const rested = record.status === 'running' ? (crashed ? 'failed' : 'stopped') : record.status;
  update(runtime, box, { status: rested, exitCode, pid: null, restedAtMs: Date.now() });
  vm.markOff();
  runtime.watcher.vmEnded?.(box);
}
