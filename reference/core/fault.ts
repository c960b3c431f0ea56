import { defect } from '../defects/switch.ts';
import { SpawnError, type SpawnFailure } from '../vm/port.ts';

/**
 * The kinds of error a box operation can end in (contract 4.5). Every surface renders the same fault: the CLI
 * as `Error: ` + message, REST as the envelope with status, type and code of its kind.
 */
export type FaultKind =
  | 'invalid-argument'
  | 'unsupported'
  | 'unauthenticated'
  | 'not-found'
  | 'method-not-allowed'
  | 'invalid-state'
  | 'conflict'
  | 'already-exists'
  | 'payload-too-large'
  | 'unsupported-media-type'
  | 'image'
  | 'execution'
  | 'internal';

/** An operation that was refused or failed in a way its caller can act on. */
export class Fault extends Error {
  override name = 'Fault';
  readonly kind: FaultKind;
  constructor(kind: FaultKind, message: string) {
    super(message);
    this.kind = kind;
  }
}

/** Messages of the library begin with the prefix of their kind; those of a route are built with `new Fault`. */
const prefixed = (kind: FaultKind, prefix: string) => (text: string) => new Fault(kind, `${prefix}: ${text}`);

export const invalidArgument = prefixed('invalid-argument', 'invalid argument');
export const unsupported = prefixed('unsupported', 'unsupported');
export const invalidState = prefixed('invalid-state', 'invalid state');
export const alreadyExists = prefixed('already-exists', 'already exists');
export const notFound = prefixed('not-found', 'not found');
export const imageFault = prefixed('image', 'images error');
const executionFault = prefixed('execution', 'Execution error');
export const internalFault = prefixed('internal', 'internal error');

/** Nothing answers to the text a user typed. */
export const noSuchBox = (typed: string) => new Fault('not-found', `box not found: ${typed}`);
/** No such execution, whatever text was given for one. */
export const noSuchExecution = (typed: string) => new Fault('not-found', `execution not found: ${typed}`);

/** Whether `error` is a fault of the given kind. */
export const isFault = (error: unknown, kind: FaultKind): error is Fault =>
  error instanceof Fault && error.kind === kind;

/** Text of anything that was thrown. */
export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

const reasons: Record<SpawnFailure, string> = {
  'not-found': 'No such file or directory',
  'is-directory': 'is a directory',
  'permission-denied': 'permission denied',
  'bad-cwd': 'No such file or directory (working directory)',
  'no-such-user': 'unable to find user or group',
};

/** Says why a command could not be started; anything else that was thrown is a fault of the host. */
function spawnFault(error: unknown, told: (failure: SpawnFailure) => Fault): Fault {
  if (error instanceof Fault) return error;
  return error instanceof SpawnError ? told(error.failure) : internalFault(messageOf(error));
}

/** A main command that could not be started: the client's mistake (contract 2.2, 4.5). */
export const mainFault = (error: unknown, command = ''): Fault =>
  spawnFault(error, (failure) => {
    const missing = `executable '${command}' not found in $PATH`;
    const detail = failure === 'not-found' ? missing : `'${command}' ${reasons[failure]}`;
    return invalidArgument(`Failed to create container: ${detail}`);
  });

/** A tenant that could not be started (contract 2.4, upstream #666 and #1472). */
export const tenantFault = (error: unknown, command: string): Fault =>
  spawnFault(error, (failure) =>
    failure === 'no-such-user'
      ? invalidArgument(reasons[failure])
      : tenantKind()(`spawn_failed: cannot start '${command}': ${reasons[failure]}`),
  );

const tenantKind = () => (defect('missing-binary-invalid') ? invalidArgument : executionFault);

/** Whether the VM was gone when the hypervisor was asked for something. */
export const isVmGone = (error: unknown): boolean => messageOf(error).includes('no such vm');
