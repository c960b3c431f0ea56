import { mkdirSync } from 'node:fs';
import { spoil } from '../defects/spoil.ts';
import { defect } from '../defects/switch.ts';
import { boxesDir } from '../home/layout.ts';
import { lockHome } from '../home/lock.ts';
import { loadRecords } from '../home/records.ts';
import type { Hypervisor } from '../vm/port.ts';
import { newMutex } from './mutex.ts';
import { idleBox, type Runtime } from './runtime.ts';

/** How the runtime reaches its hypervisor; replaced in tests. */
export interface Connect {
  /** Starts the hypervisor when it is not there. */
  connect(home: string, onLost: () => void): Promise<Hypervisor>;
  /** null when it is not there, which also means that no VM is. */
  peek(home: string, onLost: () => void): Promise<Hypervisor | null>;
}

/** The real hypervisor, loaded only when a VM is needed. */
const real: Connect = {
  connect: async (home, onLost) => (await import('../vm/client.ts')).connectHypervisor(home, onLost),
  peek: async (home, onLost) => (await import('../vm/client.ts')).peekHypervisor(home, onLost),
};

/**
 * Opens a home: takes its lock, reads its records and settles what an earlier process left behind.
 * @throws Fault when another process has the home (contract 1.3).
 */
export async function openRuntime(home: string, by: Connect = real): Promise<Runtime> {
  mkdirSync(boxesDir(home), { recursive: true });
  const lock = await lockHome(home);
  const boxes = new Map(loadRecords(home).map((record) => [record.id, idleBox(record, newMutex())]));
  const runtime: Runtime = { home, boxes, lock, connected: null, watcher: {}, ...reach(() => runtime, by) };
  if (needsRecovery(runtime)) await (await import('./recover.ts')).recover(runtime);
  return runtime;
}

/** Records that speak of a VM, or of a foreground run whose owner could not tidy up. */
const needsRecovery = (runtime: Runtime): boolean =>
  [...runtime.boxes.values()].some(
    ({ record }) => record.pid !== null || record.status === 'running' || record.spec.removeAtEnd,
  );

/** One connection, made at the first use and again after it was lost. */
function reach(runtime: () => Runtime, by: Connect): Pick<Runtime, 'hypervisor' | 'living'> {
  let connecting: Promise<Hypervisor> | undefined;
  const forget = () => {
    connecting = undefined;
  };
  const hypervisor = () => {
    connecting ??= by.connect(runtime().home, forget).then((found) => attached(runtime(), found));
    connecting.catch(forget);
    return connecting;
  };
  const living = async () => {
    const found = connecting ? null : await by.peek(runtime().home, forget);
    if (found) connecting = attached(runtime(), found);
    return connecting ?? null;
  };
  return { hypervisor, living };
}

async function attached(runtime: Runtime, hypervisor: Hypervisor): Promise<Hypervisor> {
  const { vmEnded } = await import('./power.ts');
  hypervisor.onEnd(async ({ box, code }) => {
    const ended = runtime.boxes.get(box);
    if (defect('end-noticed-late') && !ended?.vm?.ending) await spoil?.late(5_000);
    if (ended) vmEnded(runtime, ended, code);
  });
  runtime.connected = hypervisor;
  return hypervisor;
}

/** Gives the home back; VMs that belong to this process are stopped by the hypervisor. */
export async function closeRuntime(runtime: Runtime): Promise<void> {
  await runtime.connected?.close();
  await runtime.lock.release();
}
