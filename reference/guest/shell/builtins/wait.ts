import type { Bytes } from '../../bytes.ts';
import { Errno } from '../../errno.ts';
import type { GuestProcess } from '../../process/process.ts';
import type { Shell } from '../shell.ts';
import { statusOf } from '../status.ts';

/** `wait [PID…]`: all background jobs, or those; above 128 when a trapped signal came first. */
export async function wait(shell: Shell, args: Bytes[]): Promise<number> {
  let status = 0;
  shell.by.interrupted = () => shell.traps.pending.length > 0;
  try {
    if (args.length > 0) for (const arg of args) status = await one(shell, find(shell, arg));
    else for (const job of shell.jobs) await one(shell, job);
  } catch (error) {
    if (error instanceof Errno && error.code === 'EINTR') return 128 + (shell.traps.pending[0] ?? 0);
    throw error;
  } finally {
    shell.by.interrupted = null;
  }
  if (args.length === 0) shell.jobs = [];
  return status;
}

function find(shell: Shell, arg: Bytes): GuestProcess | undefined {
  if (/^%\d+$/.test(arg)) return shell.jobs[Number(arg.slice(1)) - 1];
  return shell.jobs.find((job) => job.pid === Number(arg));
}

async function one(shell: Shell, job: GuestProcess | undefined): Promise<number> {
  return job ? statusOf(await shell.by.join(job)) : 127;
}
