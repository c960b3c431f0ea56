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
  | 'payload-too-large'
  | 'media-type'
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
export const notFound = prefixed('not-found', 'not found');
export const imageFault = prefixed('image', 'images error');
export const executionFault = prefixed('execution', 'Execution error');
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
