import { spoil } from '../defects/spoil.ts';
import { defect } from '../defects/switch.ts';
import { invalidState } from './fault.ts';
import { forget, killVm } from './power.ts';
import { alone, type Box, type Runtime, recordsOf } from './runtime.ts';

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
    if (defect('rm-leaves-vm')) box.vm = null;
    await killVm(runtime, box);
    removeBox(runtime, box);
  });
}

const newest = (runtime: Runtime): Box | undefined => runtime.boxes.get(recordsOf(runtime)[0]?.id ?? '');

/** Deletes what is left of a box without a VM. */
export function removeBox(runtime: Runtime, box: Box): void {
  forget(runtime, box);
  spoil?.keepName(runtime.home, box.record);
  runtime.watcher.removed?.(box);
}

const stillRunning = (box: Box) =>
  invalidState(`cannot remove box ${box.record.id}: it is running. Use force=true to stop first`);
