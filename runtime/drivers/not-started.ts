import { InfrastructureError } from '../infrastructure-error.ts';

/** Started is the part of a process's result that tells whether it ever ran. */
interface Started {
  code?: string | undefined;
  exitCode?: number | undefined;
  signal?: string | undefined;
  originalMessage?: string | undefined;
}

const REASONS: Record<string, string> = {
  ENOENT: 'there is no such file, nor a program of that name on PATH',
  EACCES: 'it is not executable for this user, or a directory',
  ENOEXEC: 'it is no program this machine can run',
  ENOTDIR: 'a part of its path is not a directory',
  E2BIG: 'its arguments are longer than this machine allows',
};

/** Codes that say the machine is short of something: no fault of the binary. */
const SHORTAGE = new Set(['EAGAIN', 'ENOMEM', 'EMFILE', 'ENFILE']);

/**
 * Says why a binary could not be started, as an error to throw; null when it did run, whatever became of it. A
 * machine short of processes, memory or descriptors is an {@link InfrastructureError}.
 */
export function whyNotStarted(file: string, result: Started): Error | null {
  if (result.exitCode !== undefined || result.signal !== undefined || result.code === undefined) return null;
  if (SHORTAGE.has(result.code)) {
    return new InfrastructureError(`cannot start ${file}: ${result.code}, the machine is short of resources`);
  }
  const reason = REASONS[result.code];
  if (!reason && !result.code.startsWith('E')) return null;
  return new Error(
    `cannot start ${file}: ${reason ?? result.originalMessage ?? result.code} (${result.code})`,
  );
}
