import { readFileSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { availableParallelism } from 'node:os';

/** With less, a failing write, a killed process or a deadline that is missed is the machine's fault and not the runtime's. */
const LEAST = { diskMib: 64, files: 256, memoryMib: 64, tasks: 64 };
const MOST_LOAD_PER_CPU = 32;

/** What a machine has left; what it does not tell counts as enough. */
export interface Left {
  readonly diskMib?: number;
  readonly files?: number;
  readonly memoryMib?: number;
  readonly tasks?: number;
  readonly loadPerCpu?: number;
}

/** Says what a machine is short of, in words; null: nothing. Pure. */
export function shortageOf({ loadPerCpu = 0, ...left }: Left): string | null {
  const { diskMib, files, memoryMib, tasks } = { ...LEAST, ...left };
  if (diskMib < LEAST.diskMib) return `the disk is full: ${diskMib} MiB left, ${LEAST.diskMib} wanted`;
  if (files < LEAST.files) return `the disk is full: room for ${files} files left, ${LEAST.files} wanted`;
  if (memoryMib < LEAST.memoryMib) return `memory is short: ${memoryMib} MiB left, ${LEAST.memoryMib} wanted`;
  if (tasks < LEAST.tasks) return `room for ${tasks} processes left, ${LEAST.tasks} wanted`;
  if (loadPerCpu <= MOST_LOAD_PER_CPU) return null;
  return `the load is ${loadPerCpu.toFixed(0)} a CPU, ${MOST_LOAD_PER_CPU} at most wanted`;
}

/** Reads what is left from the texts of `df -Pk` and /proc/meminfo, as far as they are there. Pure. */
export function leftIn(text: string): Left {
  const [, disk] = /^\S+ +\d+ +\d+ +(\d+) +\d+% /mu.exec(text) ?? [];
  const [, memory] = /^MemAvailable: +(\d+) kB$/mu.exec(text) ?? [];
  const inMib = (kib: string): number => Math.floor(Number(kib) / 1024);
  return { ...(disk && { diskMib: inMib(disk) }), ...(memory && { memoryMib: inMib(memory) }) };
}

/** Looks what this machine has left, on the disk of a directory among others. */
export async function leftHere(dir: string): Promise<Left> {
  const { bavail, bsize, files, ffree } = await statfs(dir);
  const [, load, tasks] = /^(\S+) .*\/(\d+) \d+$/mu.exec(textOf('/proc/loadavg')) ?? [];
  const most = ['threads-max', 'pid_max'].map((name) =>
    Number(textOf(`/proc/sys/kernel/${name}`) || Infinity),
  );
  return {
    ...leftIn(textOf('/proc/meminfo')),
    diskMib: Math.floor((bavail * bsize) / 2 ** 20),
    ...(files > 0 && { files: ffree }),
    ...(load && { loadPerCpu: Number(load) / availableParallelism() }),
    ...(tasks && { tasks: Math.min(...most) - Number(tasks) }),
  };
}

/** Empty where there is no such file. */
function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
