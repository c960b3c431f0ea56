import { directory, freshDisk } from '../../../reference/guest/disk/disk.ts';
import { Machine } from '../../../reference/guest/machine.ts';
import type { GuestProcess } from '../../../reference/guest/process.ts';
import type { MountSpec, ProcessSpec } from '../../../reference/vm/port.ts';

export interface Ran {
  out: string;
  err: string;
  code: number | null;
}

/** A guest without a host process: what the tests of its insides need. */
export function guest(options: { mounts?: MountSpec[]; sync?: () => void } = {}): Machine {
  return new Machine({
    bootId: '00000000-0000-4000-8000-000000000000',
    disk: freshDisk('box'),
    tmp: directory({}, 0o1777),
    mounts: options.mounts ?? [],
    sync: options.sync ?? (() => {}),
  });
}

let last = 0;

/** Starts a process; everything about it that is not said has a plain default. */
export function start(machine: Machine, argv: string[], spec: Partial<ProcessSpec> = {}): GuestProcess {
  return machine.start(String(++last), { argv, env: {}, cwd: '/', tty: false, init: false, ...spec });
}

/** Everything a process writes, and its code. Bytes are latin1. */
export function outcome(process: GuestProcess): Promise<Ran> {
  const ran: Ran = { out: '', err: '', code: null };
  return new Promise((resolve) => {
    process.follow((event) => {
      if (event.kind === 'exit') resolve({ ...ran, code: event.code });
      else ran[event.kind] += event.data.toString('latin1');
    });
  });
}

/** Runs a command line to its end, with the given bytes on stdin. */
export async function play(
  machine: Machine,
  argv: string[],
  { stdin = '', ...spec }: Partial<ProcessSpec> & { stdin?: string } = {},
): Promise<Ran> {
  const process = start(machine, argv, spec);
  process.feed(Buffer.from(stdin, 'latin1'));
  process.feed(null);
  return outcome(process);
}

/** Resolves when a process has written something, or ended. */
export async function firstOutput(process: GuestProcess): Promise<void> {
  let stop = () => {};
  await new Promise<void>((resolve) => {
    stop = process.follow(() => resolve());
  });
  stop();
}
