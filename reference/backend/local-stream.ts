import { execIn } from '../core/exec.ts';
import { internalFault } from '../core/fault.ts';
import { stopVm } from '../core/power.ts';
import { alone, type Box, type Runtime } from '../core/runtime.ts';
import { startBox } from '../core/up.ts';
import { within } from '../core/within.ts';
import { spoil } from '../defects/spoil.ts';
import { defect } from '../defects/switch.ts';
import type { Hypervisor, Owner, ProcessEvent } from '../vm/port.ts';
import type { Ending, ExecRequest, Sink, Stream } from './backend.ts';

/** How long the VM may take to power off after its main command, milliseconds. */
const powerOffLimitMs = 10_000;

/** Boots a box and follows its main command from the first byte. */
export async function runAttached(runtime: Runtime, box: Box, owner: Owner, sink: Sink): Promise<Stream> {
  let following: Promise<Stream> | undefined;
  let off: Promise<void> | undefined;
  runtime.watcher = {
    mainStarted: (_box, process) => {
      off = box.vm?.off;
      following = follow(runtime, box, { process, main: true }, sink);
    },
  };
  await alone(box, () => startBox(runtime, box, owner));
  if (!following) throw internalFault(`box ${box.record.id} was running already`);
  const stream = await following;
  return { ...stream, ended: stream.ended.then((end) => settled(box, end, off)) };
}

/** The code of a foreground run is the one the box keeps (contract 3.3). */
async function settled(box: Box, end: Ending, off: Promise<void> | undefined): Promise<Ending> {
  if (off) await within(off, powerOffLimitMs, undefined);
  const { exitCode } = box.record;
  return exitCode === null ? end : { code: exitCode };
}

/** Starts a tenant and follows it; a box that belongs to this process is stopped when it ends. */
export async function execAttached(
  runtime: Runtime,
  box: Box,
  request: ExecRequest,
  owner: Owner,
  sink: Sink,
): Promise<Stream> {
  const { process, booted } = await execIn(runtime, box, { ...request, tty: false, followed: true }, owner);
  const stream = await follow(runtime, box, { process, main: false }, sink);
  if (!booted || owner === 'detached') return stream;
  const stopped = async (end: Ending) => {
    await alone(box, () => stopVm(runtime, box));
    return end;
  };
  return { ...stream, ended: stream.ended.then(stopped) };
}

interface Followed {
  process: string;
  main: boolean;
}

async function follow(runtime: Runtime, box: Box, { process, main }: Followed, sink: Sink): Promise<Stream> {
  const hypervisor = await runtime.hypervisor();
  const { id } = box.record;
  const steering = controls(hypervisor, id, process);
  const ended = new Promise<Ending>((resolve, reject) => {
    const take = (event: ProcessEvent) => {
      if (event.kind === 'exit') resolve({ code: event.code });
      else sink[event.kind](event.data);
    };
    const listener = (event: ProcessEvent) => {
      for (const told of spoil ? spoil.spoiled(steering, main, event) : [event]) take(told);
    };
    hypervisor.follow(id, process, listener).catch(reject);
  });
  return { ...steering, ended };
}

/** A control that comes too late for the process is no error. */
const controls = (hypervisor: Hypervisor, box: string, process: string): Omit<Stream, 'ended'> => ({
  write: (data) => {
    if (!defect(data ? 'stdin-lost' : 'stdin-never-ends'))
      void hypervisor.write(box, process, data).catch(() => {});
  },
  signal: (number) => void hypervisor.signal(box, process, number).catch(() => {}),
});

/** Starts a tenant and leaves it: the box stays up for it (contract 3.4). */
export async function execDetached(runtime: Runtime, box: Box, request: ExecRequest): Promise<void> {
  // What is killed as soon as it was started has not done anything yet: an idle shell tells no difference.
  const argv = defect('exec-d-dies-with-cli') && request.argv[0] === 'sh' ? ['sh'] : request.argv;
  const { process } = await execIn(
    runtime,
    box,
    { ...request, argv, tty: false, followed: false },
    'detached',
  );
  const hypervisor = await runtime.hypervisor();
  if (!request.stdin) await hypervisor.write(box.record.id, process, null);
}
