import { SpawnError } from '../vm/port.ts';
import { executionFault, Fault, internalFault, invalidArgument, messageOf } from './fault.ts';

const reasons = {
  'not-found': 'No such file or directory',
  'is-directory': 'is a directory',
  'permission-denied': 'permission denied',
  'bad-cwd': 'No such file or directory (working directory)',
} as const;

/** A main command that could not be started: the client's mistake (contract 2.2, 4.5). */
export function mainFault(error: unknown, command = ''): Fault {
  if (error instanceof Fault) return error;
  if (!(error instanceof SpawnError)) return internalFault(messageOf(error));
  const what =
    error.failure === 'not-found' ? `executable '${command}' not found in $PATH` : reasons[error.failure];
  const detail = error.failure === 'not-found' ? what : `'${command}' ${what}`;
  return invalidArgument(`Failed to create container: ${detail}`);
}

/** A boot the hypervisor refused; its messages begin with the prefix of their kind. */
export function bootFault(error: unknown): unknown {
  const text = messageOf(error);
  if (error instanceof Fault) return error;
  return text.startsWith('invalid state: ') ? new Fault('invalid-state', text) : internalFault(text);
}

/** A tenant that could not be started (contract 2.4, upstream #666 and #1472). */
export function tenantFault(error: unknown, command: string): Fault {
  if (error instanceof Fault) return error;
  if (!(error instanceof SpawnError)) return internalFault(messageOf(error));
  return executionFault(`spawn_failed: cannot start '${command}': ${reasons[error.failure]}`);
}

/** Whether the VM was gone when the hypervisor was asked for something. */
export const isVmGone = (error: unknown): boolean =>
  error instanceof Error && error.message.includes('no such vm');
