import { defect } from '../defects/switch.ts';
import { readTree, writeTree } from '../guest/disk/tree.ts';
import type { Listener } from '../guest/process.ts';
import type { Hub } from './hub.ts';
import type { BootSpec, Hypervisor, TreeEntry } from './port.ts';

/** A hypervisor whose followers can say that they are full. */
export interface LocalHypervisor extends Hypervisor {
  /** Gives what is called when there is room again. */
  followWith(box: string, process: string, listener: Listener): () => void;
}

export const defaultSpeed = 40;

/** One connection: the owner of the VMs it boots as owner `connection`. */
export function connect(hub: Hub): LocalHypervisor {
  const owned = new Set<string>();
  const cleanups = new Set<() => void>();
  const followWith: LocalHypervisor['followWith'] = (box, id, listener) => {
    const process = hub.process(box, id);
    cleanups.add(process.follow(defect('exit-late') ? late(listener) : listener));
    return () => process.drained();
  };
  return {
    vms: async () => {
      // An owner that has just died is noticed first, so that whoever comes next sees what is left of it, not it.
      await new Promise((resolve) => setImmediate(resolve));
      await hub.settled();
      return hub.vms();
    },
    boot: async (spec: BootSpec) => {
      const vm = await hub.boot(spec);
      if (spec.owner === 'connection' && !defect('orphan-survives')) owned.add(spec.box);
      void vm.off.then(() => owned.delete(spec.box));
      return { pid: vm.pid };
    },
    start: async (box, process) => hub.start(box, process),
    follow: async (box, process, listener) => {
      followWith(box, process, { event: listener, full: () => false });
    },
    followWith,
    write: async (box, process, data) => hub.process(box, process).feed(data),
    signal: async (box, process, signal) => hub.process(box, process).signal(signal, 'outside'),
    stop: async (box) => ({ code: await hub.vm(box).stop() }),
    kill: async (box) => hub.vm(box).kill(),
    readTree: async (box, path) => readTree(hub.vm(box).machine.disk, path),
    writeTree: async (box, path, entries: TreeEntry[]) => writeTree(hub.vm(box).machine.disk, path, entries),
    onEnd: (listener) => {
      cleanups.add(hub.onEnd(listener));
    },
    close: async () => {
      for (const cleanup of cleanups) cleanup();
      cleanups.clear();
      const running = hub.vms().filter(({ box }) => owned.has(box));
      await Promise.all(running.map(({ box }) => hub.vm(box).stop()));
    },
  };
}

const lateMs = 5000;

/** A follower that is told of the end later. */
const late = (listener: Listener): Listener => ({
  event: (event) => {
    if (event.kind === 'exit') setTimeout(() => listener.event(event), lateMs).unref();
    else listener.event(event);
  },
  full: () => listener.full(),
});
