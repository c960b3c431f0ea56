import { own } from '../cli/own.ts';
import { endVm } from '../core/end.ts';
import { execIn } from '../core/exec.ts';
import { internalFault } from '../core/fault.ts';
import { feedProcess, followProcess, type Running, resizeProcess, signalProcess } from '../core/process.ts';
import { alone, type Box, type LiveVm, offWithin, type Runtime } from '../core/runtime.ts';
import { startBox } from '../core/start.ts';
import { defect } from '../defects/switch.ts';
import type { Owner } from '../vm/port.ts';
import type { Ending, ExecRequest, Stream } from './backend.ts';

/** How long the VM may take to power off after its main command, milliseconds. */
const powerOffLimitMs = 10_000;

/** Boots a box that ends with this process, and follows its main command from the first byte. */
export async function runAttached(runtime: Runtime, box: Box): Promise<Stream> {
  let following: Stream | undefined;
  let vm: LiveVm | null = null;
  runtime.watcher = {
    mainStarted: (_box, process) => {
      vm = box.vm;
      following = follow(runtime, { box, process, main: true });
    },
  };
  await alone(box, () => startBox(runtime, box, 'connection'));
  if (!following) throw internalFault(`box ${box.record.id} was running already`);
  const { ended, ...controls } = following;
  return { ...controls, ended: ended.then((end) => settled(box, end, vm)) };
}

/** The code of a foreground run is the one the box keeps (contract 3.3). */
async function settled(box: Box, end: Ending, vm: LiveVm | null): Promise<Ending> {
  await offWithin(vm, powerOffLimitMs);
  const { exitCode } = box.record;
  return exitCode === null ? end : { code: exitCode };
}

/** Starts a tenant and follows it; a box that belongs to this process is stopped when it ends. */
export async function execAttached(
  runtime: Runtime,
  box: Box,
  request: ExecRequest,
  owner: Owner,
): Promise<Stream> {
  const { process, booted } = await execIn(runtime, box, { ...request, followed: true }, owner);
  const stream = follow(runtime, { box, process, main: false });
  if (!booted || owner === 'detached') return stream;
  const stopped = async (end: Ending) => {
    await alone(box, () => endVm(runtime, box, 'stop'));
    return end;
  };
  return { ...stream, ended: stream.ended.then(stopped) };
}

/** A control that comes too late for the process is no error. */
function follow(runtime: Runtime, running: Running): Stream {
  const { stdout, stderr } = own();
  const ended = new Promise<Ending>((resolve, reject) => {
    followProcess(runtime, running, (event) => {
      if (event.kind === 'exit') resolve({ code: event.code });
      else (event.kind === 'out' ? stdout : stderr).write(event.data);
    }).catch(reject);
  });
  return {
    write: (data) => void feedProcess(runtime, running, data).catch(() => {}),
    signal: (number) => void signalProcess(runtime, running, number).catch(() => {}),
    resize: (rows, cols) => void resizeProcess(runtime, running, rows, cols).catch(() => {}),
    ended,
  };
}

/** Starts a tenant and leaves it: the box stays up for it (contract 3.4). */
export async function execDetached(runtime: Runtime, box: Box, request: ExecRequest): Promise<void> {
  // What is killed as soon as it was started has not done anything yet: an idle shell tells no difference.
  const argv = defect('exec-d-dies-with-cli') && request.argv[0] === 'sh' ? ['sh'] : request.argv;
  const { process } = await execIn(runtime, box, { ...request, argv, followed: false }, 'detached');
  const hypervisor = await runtime.hypervisor();
  if (!request.stdin) await hypervisor.write(box.record.id, process, null);
}
