import { freshDisk } from '../../../reference/guest/disk/image.ts';
import { directory } from '../../../reference/guest/disk/inode.ts';
import type { Execution } from '../../../reference/guest/execution.ts';
import { type Hooks, noDefects } from '../../../reference/guest/hooks.ts';
import { Machine } from '../../../reference/guest/machine.ts';
import type { MountSpec, ProcessSpec } from '../../../reference/vm/port.ts';

export interface Ran {
  out: string;
  err: string;
  code: number | null;
}

/** A guest without a host process: what the tests of its insides need. */
export function guest(options: { mounts?: MountSpec[]; defect?: Hooks; save?: () => void } = {}): Machine {
  return new Machine({
    hostname: 'box',
    bootId: '00000000-0000-4000-8000-000000000000',
    disk: freshDisk('box'),
    tmp: directory(0o1777),
    mounts: options.mounts ?? [],
    speed: 40,
    save: options.save ?? (() => {}),
    defect: options.defect ?? noDefects,
  });
}

let last = 0;

/** Starts a process; everything about it that is not said has a plain default. */
export function start(machine: Machine, argv: string[], spec: Partial<ProcessSpec> = {}): Execution {
  return machine.start(String(++last), { argv, env: {}, cwd: '/', tty: false, init: false, ...spec });
}

/** Everything a process writes, and its code. Bytes are latin1. */
export function outcome(execution: Execution): Promise<Ran> {
  const ran: Ran = { out: '', err: '', code: null };
  return new Promise((resolve) => {
    execution.follow({
      event: (event) => {
        if (event.kind === 'exit') resolve({ ...ran, code: event.code });
        else ran[event.kind] += event.data.toString('latin1');
      },
      full: () => false,
    });
  });
}

/** Runs a script to its end, with the given bytes on stdin. */
export async function sh(machine: Machine, script: string, stdin = '', args: string[] = []): Promise<Ran> {
  const execution = start(machine, ['sh', '-c', script, ...args]);
  void execution.write(Buffer.from(stdin, 'latin1'));
  void execution.write(null);
  return outcome(execution);
}
