import { mkdirSync } from 'node:fs';
import { spoil } from '../defects/spoil.ts';
import { defect } from '../defects/switch.ts';
import { boxesDir, lockHome } from '../home/home.ts';
import { loadRecords } from '../home/records.ts';
import type { Hypervisor } from '../vm/port.ts';
import { idleBox, type Runtime } from './runtime.ts';

/** Reaches the hypervisor of a home, which is started when it is not there; replaced in tests. */
export type Connect = (home: string, onLost: () => void) => Promise<Hypervisor>;

/** Loads the real one only when a VM is needed. */
const real: Connect = async (home, onLost) =>
  (await import('../vm/remote.ts')).connectHypervisor(home, onLost);

/**
 * Opens a home: takes its lock, reads its records and settles what an earlier process left behind.
 * @throws Fault when another process has the home (contract 1.3).
 */
export async function openRuntime(home: string, connect: Connect = real): Promise<Runtime> {
  mkdirSync(boxesDir(home), { recursive: true });
  const lock = await lockHome(home);
  // One connection, made at the first use and again after it was lost.
  let connecting: Promise<Hypervisor> | undefined;
  const forget = () => {
    connecting = undefined;
  };
  // The hypervisor died, and its VMs with it.
  const lost = async () => {
    forget();
    const { vmEnded } = await import('./end.ts');
    for (const box of runtime.boxes.values()) vmEnded(runtime, box, null);
  };
  const runtime: Runtime = {
    home,
    boxes: new Map(loadRecords(home).map((record) => [record.id, idleBox(record)])),
    watcher: {},
    hypervisor: () => {
      connecting ??= connect(home, lost).then((found) => attached(runtime, found));
      connecting.catch(forget);
      return connecting;
    },
    close: async () => {
      await (await connecting)?.close();
      await lock.release();
    },
  };
  if (needsRecovery(runtime)) await (await import('./recover.ts')).recover(runtime);
  return runtime;
}

/** Records that speak of a VM, or of a foreground run whose owner could not tidy up. */
const needsRecovery = (runtime: Runtime): boolean =>
  [...runtime.boxes.values()].some(
    ({ record }) => record.pid !== null || record.status === 'running' || record.spec.removeAtEnd,
  );

async function attached(runtime: Runtime, hypervisor: Hypervisor): Promise<Hypervisor> {
  const { vmEnded } = await import('./end.ts');
  hypervisor.onEnd(async ({ box, code }) => {
    const ended = runtime.boxes.get(box);
    if (defect('end-noticed-late') && !ended?.vm?.ending) await spoil?.late(5_000);
    if (ended) vmEnded(runtime, ended, code);
  });
  return hypervisor;
}
