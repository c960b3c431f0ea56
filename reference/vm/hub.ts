import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import type { GuestProcess } from '../guest/process.ts';
import type { BootSpec, EndListener, ProcessSpec, VmState } from './port.ts';
import { Vm } from './vm.ts';

/** Finished processes kept for later questions, a box; each keeps no more than two backlogs. */
const finishedProcesses = 128;

interface Slot {
  dir: string;
  vm: Vm | null;
  /** Being booted; others wait for it instead of booting a second time. */
  booting: Promise<Vm> | null;
  processes: Map<string, GuestProcess>;
}

/** All VMs of one home, and what is kept of those that are off. */
export class Hub {
  readonly #slots = new Map<string, Slot>();
  readonly #home: string;
  readonly #listeners = new Set<EndListener>();

  constructor(home: string) {
    this.#home = home;
  }

  /** Number of VMs that are not off. */
  get running(): number {
    return [...this.#slots.values()].filter(({ vm, booting }) => booting || (vm && !vm.isOff)).length;
  }

  /** Resolves when every VM that is on its way down is off; that takes no longer than the grace periods. */
  async settled(): Promise<void> {
    const ending = [...this.#slots.values()].map(({ vm }) => vm).filter((vm) => vm?.isEnding);
    await Promise.all(ending.map((vm) => vm?.off));
  }

  vms(): VmState[] {
    const states: VmState[] = [];
    for (const [box, { vm }] of this.#slots) {
      if (!vm || vm.isOff) continue;
      states.push({ box, pid: vm.pid, owner: vm.spec.owner, init: vm.machine.init?.id ?? null });
    }
    return states;
  }

  /** @throws Error when the box's VM is running, or cannot be booted. */
  async boot(spec: BootSpec): Promise<Vm> {
    const slot = this.#slot(spec);
    if (slot.vm?.isEnding && !slot.vm.isOff) await slot.vm.off;
    if (slot.booting || (slot.vm && !slot.vm.isOff)) throw new Error(`box ${spec.box} is running already`);
    slot.booting = Vm.boot(spec, this.#home);
    try {
      slot.vm = await slot.booting;
    } finally {
      slot.booting = null;
    }
    const { vm } = slot;
    void vm.off.then((code) => {
      for (const listener of this.#listeners) listener({ box: spec.box, code });
    });
    return vm;
  }

  /** The VM of a box. @throws Error `no such vm` when it is off. */
  vm(box: string): Vm {
    const vm = this.#slots.get(box)?.vm;
    if (!vm || vm.isOff) throw new Error('no such vm');
    return vm;
  }

  start(box: string, spec: ProcessSpec): string {
    const id = randomUUID();
    const process = this.vm(box).start(id, spec);
    const { processes } = this.#slots.get(box) as Slot;
    processes.set(id, process);
    trim(processes);
    return id;
  }

  /** A process, also after its end and after its VM's. @throws Error when it is not known. */
  process(box: string, id: string): GuestProcess {
    const process = this.#slots.get(box)?.processes.get(id);
    if (!process) throw new Error(`no such process: ${id}`);
    return process;
  }

  onEnd(listener: EndListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Forgets boxes that are off and whose directory has been removed. */
  sweep(): void {
    for (const [box, slot] of this.#slots) {
      const isOff = !slot.booting && (!slot.vm || slot.vm.isOff);
      if (isOff && !existsSync(slot.dir)) this.#slots.delete(box);
    }
  }

  /** Cuts every VM's power; nothing is recorded. */
  async killAll(): Promise<void> {
    const vms = [...this.#slots.values()].map(({ vm }) => vm);
    await Promise.all(vms.map((vm) => (vm && !vm.isOff ? vm.kill() : undefined)));
  }

  #slot({ box, dir }: BootSpec): Slot {
    const slot = this.#slots.get(box) ?? { dir, vm: null, booting: null, processes: new Map() };
    this.#slots.set(box, slot);
    slot.dir = dir;
    return slot;
  }
}

/** Oldest finished processes go first when there are too many. */
function trim(processes: Map<string, GuestProcess>): void {
  for (const [id, process] of processes) {
    if (processes.size <= finishedProcesses) return;
    if (process.exit && !process.isInit) processes.delete(id);
  }
}
