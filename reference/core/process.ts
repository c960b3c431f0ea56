import { spoil } from '../defects/spoil.ts';
import { defect } from '../defects/switch.ts';
import type { ProcessEvent, ProcessSpec } from '../vm/port.ts';
import type { BoxRecord } from './box.ts';
import type { Box, Runtime } from './runtime.ts';

const image = { PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin', HOME: '/root' };

/**
 * Starts a process in the VM of a box. Its environment: the image's, the box's own over it, the command's over both.
 * @returns its id.
 * @throws SpawnError, or Error when the VM is gone.
 */
export async function startProcess(
  runtime: Runtime,
  { id, spec }: BoxRecord,
  { argv, env, ...process }: ProcessSpec,
): Promise<string> {
  const hypervisor = await runtime.hypervisor();
  const [own, given] = spoil ? spoil.spoiledEnvs(spec.env, env, process.init) : [spec.env, env];
  const words =
    argv.includes('') && defect('empty-arguments-dropped') ? argv.filter((word) => word !== '') : argv;
  const user = defect('user-ignored') ? undefined : process.user;
  return hypervisor.start(id, { ...process, user, argv: words, env: { ...image, ...own, ...given } });
}

/** A process that was started in the VM of a box. */
export interface Running {
  box: Box;
  process: string;
  /** It is the main command. */
  main: boolean;
}

/** Tells the events of a process, as seeded defects have them. */
export async function followProcess(
  runtime: Runtime,
  running: Running,
  take: (event: ProcessEvent) => void,
): Promise<void> {
  const hypervisor = await runtime.hypervisor();
  await hypervisor.follow(running.box.record.id, running.process, (event) => {
    for (const told of spoil ? spoil.spoiled(running, running.main, event) : [event]) take(told);
  });
}

/** Gives stdin to a process; null closes it. */
export async function feedProcess(
  runtime: Runtime,
  { box, process }: Running,
  data: Buffer | null,
): Promise<void> {
  if (defect(data ? 'stdin-lost' : 'stdin-never-ends')) return;
  const hypervisor = await runtime.hypervisor();
  await hypervisor.write(box.record.id, process, data);
}

/** Sends a signal to a process. */
export async function signalProcess(
  runtime: Runtime,
  { box, process }: Running,
  signal: number,
): Promise<void> {
  const hypervisor = await runtime.hypervisor();
  await hypervisor.signal(box.record.id, process, signal);
}

/** Gives the terminal of a process its size. */
export async function resizeProcess(
  runtime: Runtime,
  { box, process }: Running,
  rows: number,
  cols: number,
): Promise<void> {
  const hypervisor = await runtime.hypervisor();
  await hypervisor.resize(box.record.id, process, rows, cols);
}
