import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type BootSpec,
  type Hypervisor,
  type ProcessEvent,
  type ProcessSpec,
  SpawnError,
} from '../../../reference/vm/port.ts';

/** A process of the fake: `say TEXT CODE`, `hold`, `cat` and `sh` (which waits); anything else is missing. */
interface Process {
  spec: ProcessSpec;
  seen: ProcessEvent[];
  listeners: Set<(event: ProcessEvent) => void>;
  over: boolean;
}

interface Vm {
  spec: BootSpec;
  processes: Map<string, Process>;
  init: string | null;
}

/** An in-memory hypervisor that several runtimes may use one after the other, like the daemon. */
export function fakeHypervisor() {
  const vms = new Map<string, Vm>();
  const off = new Map<string, Vm>();
  let listeners: ((end: { box: string; code: number | null }) => void)[] = [];
  let count = 0;

  const powerOff = (box: string, code: number | null) => {
    const vm = vms.get(box);
    if (!vm) return;
    vms.delete(box);
    off.set(box, vm);
    for (const process of vm.processes.values()) emit(process, { kind: 'exit', code: null });
    if (code !== null) {
      mkdirSync(vm.spec.dir, { recursive: true });
      writeFileSync(join(vm.spec.dir, 'exit'), String(code));
    }
    for (const listener of listeners) listener({ box, code });
  };

  const emit = (process: Process, event: ProcessEvent) => {
    if (process.over) return;
    process.over = event.kind === 'exit';
    process.seen.push(event);
    for (const listener of process.listeners) listener(event);
  };

  const end = (vm: Vm, process: Process, code: number) => {
    emit(process, { kind: 'exit', code });
    if (process.spec.init) setImmediate(() => powerOff(vm.spec.box, code < 0 ? 128 - code : code));
  };

  const begin = (vm: Vm, process: Process) => {
    const [program, text = '', code = '0'] = process.spec.argv;
    if (program !== 'say') return;
    emit(process, { kind: 'out', data: Buffer.from(text) });
    end(vm, process, Number(code));
  };

  const vmOf = (box: string) => {
    const vm = vms.get(box);
    if (!vm) throw new Error('no such vm');
    return vm;
  };
  const processOf = (box: string, id: string) => {
    const process = (vms.get(box) ?? off.get(box))?.processes.get(id);
    if (!process) throw new Error('no such process');
    return process;
  };

  /** One connection to it. */
  const connect = async (): Promise<Hypervisor> => ({
    vms: async () =>
      [...vms.values()].map(({ spec, init }) => ({
        box: spec.box,
        pid: 4242,
        bootId: 'x',
        owner: spec.owner,
        init,
      })),
    boot: async (spec) => {
      vms.set(spec.box, { spec, processes: new Map(), init: null });
      return { pid: 4242, bootId: `boot-${++count}` };
    },
    start: async (box, spec) => {
      const vm = vmOf(box);
      if (!['say', 'hold', 'cat', 'sh'].includes(spec.argv[0] ?? '')) throw new SpawnError('not-found');
      const id = `p${++count}`;
      const process: Process = { spec, seen: [], listeners: new Set(), over: false };
      vm.processes.set(id, process);
      if (spec.init) vm.init = id;
      setImmediate(() => begin(vm, process));
      return id;
    },
    follow: async (box, id, listener) => {
      const process = processOf(box, id);
      for (const event of process.seen) listener(event);
      process.listeners.add(listener);
    },
    write: async (box, id, data) => {
      const process = processOf(box, id);
      if (process.spec.argv[0] !== 'cat') return;
      if (data) emit(process, { kind: 'out', data });
      else end(vmOf(box), process, 0);
    },
    setPolicy: async () => {},
    signal: async (box, id, signal) => end(vmOf(box), processOf(box, id), -signal),
    resize: async () => {},
    stop: async (box) => {
      if (!vms.has(box)) throw new Error('no such vm');
      powerOff(box, 137);
      return { code: 137 };
    },
    kill: async (box) => {
      powerOff(box, null);
      return { code: null };
    },
    readTree: async () => null,
    writeTree: async () => {},
    flush: async () => {},
    onEnd: (listener) => void listeners.push(listener),
    close: async () => {
      listeners = [];
      for (const vm of [...vms.values()]) if (vm.spec.owner === 'connection') powerOff(vm.spec.box, 137);
    },
  });
  return { connect, running: () => [...vms.keys()] };
}
