import { defect } from '../defects/switch.ts';
import { readTree, writeTree } from '../guest/disk/memory.ts';
import type { Listener } from '../guest/process.ts';
import type { Hub } from './hub.ts';
import type { Hypervisor } from './port.ts';

/** One connection: the owner of the VMs it boots as owner `connection`. */
export function connect(hub: Hub): Hypervisor {
  const owned = new Set<string>();
  const cleanups = new Set<() => void>();
  return {
    vms: async () => {
      // An owner that has just died is noticed first, so that whoever comes next sees what is left of it, not it.
      await new Promise((resolve) => setImmediate(resolve));
      await hub.settled();
      return hub.vms();
    },
    boot: async (spec) => {
      const vm = await hub.boot(spec);
      if (spec.owner === 'connection' && !defect('orphan-survives')) owned.add(spec.box);
      void vm.off.then(() => owned.delete(spec.box));
      return { pid: vm.pid };
    },
    start: async (box, process) => hub.start(box, process),
    follow: async (box, process, listener) => {
      cleanups.add(hub.process(box, process).follow(defect('exit-late') ? late(listener) : listener));
    },
    write: async (box, process, data) => hub.process(box, process).feed(data),
    signal: async (box, process, signal) => hub.process(box, process).signal(signal, 'outside'),
    stop: async (box) => ({ code: await hub.vm(box).stop() }),
    kill: async (box) => hub.vm(box).kill(),
    readTree: async (box, path) => readTree(hub.vm(box).machine.disk, path),
    writeTree: async (box, path, entries) => writeTree(hub.vm(box).machine.disk, path, entries),
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
const late =
  (listener: Listener): Listener =>
  (event) => {
    if (event.kind === 'exit') setTimeout(() => listener(event), lateMs).unref();
    else listener(event);
  };
