import { readTree, writeTree } from '../guest/disk/tree.ts';
import type { Listener } from '../guest/execution.ts';
import { noDefects } from '../guest/hooks.ts';
import { Hub } from './hub.ts';
import type { BootSpec, Hypervisor, ProcessEvent, TreeEntry } from './port.ts';
import type { VmOptions } from './vm.ts';

/** A hypervisor whose followers can say that they are full. */
export interface LocalHypervisor extends Hypervisor {
  followWith(box: string, process: string, listener: Listener): { stop: () => void; drained: () => void };
}

export const defaultSpeed = 40;

/**
 * A hypervisor in this process, for tests. Several connections to one set of VMs: call {@link connect} on one hub.
 * @param options home whose name the VM processes carry, speed of stops, seeded defects.
 */
export function createLocalHypervisor(options: Partial<VmOptions> = {}): LocalHypervisor {
  return connect(new Hub({ home: '-', speed: defaultSpeed, defect: noDefects, ...options }));
}

/** One connection: the owner of the VMs it boots as owner `connection`. */
export function connect(hub: Hub): LocalHypervisor {
  const owned = new Set<string>();
  const cleanups = new Set<() => void>();
  const followWith: LocalHypervisor['followWith'] = (box, id, listener) => {
    const execution = hub.execution(box, id);
    const stop = execution.follow(spoiled(listener, hub));
    cleanups.add(stop);
    return {
      stop: () => {
        cleanups.delete(stop);
        stop();
      },
      drained: () => execution.drained(),
    };
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
      if (isOwned(spec, hub)) owned.add(spec.box);
      void vm.off.then(() => owned.delete(spec.box));
      return { pid: vm.pid, bootId: vm.bootId };
    },
    start: async (box, process) => hub.start(box, process),
    follow: async (box, process, listener) =>
      followWith(box, process, { event: listener, full: () => false }).stop,
    followWith,
    write: async (box, process, data) => hub.execution(box, process).write(data),
    signal: async (box, process, signal) => {
      if (!hub.options.defect('signal-dropped')) hub.execution(box, process).signal(signal);
    },
    resize: async (box, process, rows, cols) => hub.execution(box, process).resize(rows, cols),
    stop: async (box) => ({ code: (await hub.vm(box).stop()).code }),
    kill: async (box) => hub.vm(box).kill(),
    readTree: async (box, path) => readTree(hub.vm(box).machine.root, path),
    writeTree: async (box, path, entries: TreeEntry[]) => writeTree(hub.vm(box).machine.root, path, entries),
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

function isOwned({ owner }: BootSpec, hub: Hub): boolean {
  const { defect } = hub.options;
  return owner === 'connection'
    ? !defect('orphan-survives-connection')
    : defect('detached-dies-with-connection');
}

const lateMs = 5000;

/** Seeded defects of what a follower gets. */
function spoiled(listener: Listener, hub: Hub): Listener {
  const { defect } = hub.options;
  const swapped = defect('streams-swapped');
  const late = defect('exit-late');
  const doubled = defect('backlog-doubled');
  const lost = defect('backlog-lost');
  if (!swapped && !late && !doubled && !lost) return listener;
  let replaying = true;
  queueMicrotask(() => {
    replaying = false;
  });
  const event = (each: ProcessEvent) => {
    if (each.kind === 'exit') {
      if (late) setTimeout(() => listener.event(each), lateMs).unref();
      else listener.event(each);
      return;
    }
    if (replaying && lost) return;
    const kind = swapped ? (each.kind === 'out' ? 'err' : 'out') : each.kind;
    listener.event({ kind, data: each.data });
    if (replaying && doubled) listener.event({ kind, data: each.data });
  };
  return { event, full: () => listener.full() };
}
