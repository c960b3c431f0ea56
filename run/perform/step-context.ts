import type { Call } from '../../commands/calls.ts';
import { type Cast, castOf } from '../../commands/cast.ts';
import type { AttachSocket, Session } from '../../runtime/ports/session.ts';

/** What performing a step may use: the session, and which real thing stands behind each handle. */
export interface StepContext {
  readonly session: Session;
  /** Real box ids by handle (`box1`); kept after removal, so that use after rm can be tried. */
  readonly boxIds: Map<string, string>;
  /** Real execution ids by handle (`exec1`). */
  readonly execIds: Map<string, string>;
  readonly sockets: Map<string, AttachSocket>;
  /** What the steps so far have made: names that hold, and the box of each execution. */
  readonly cast: Cast;
  /** Box ids that existed in the homes before the program began: none of ours. */
  readonly preexisting: ReadonlySet<string>;
  /** Numbers that the runtime told of itself before the program, by kind of call. */
  readonly before: Map<Call['call'], Readonly<Record<string, number>>>;
  /** Makes names of one program differ from another's on the same runtime. */
  readonly tag: string;
  readonly signal: AbortSignal;
}

/** Makes the context of a program that has made nothing yet. */
export const makeStepContext = (
  session: Session,
  preexisting: ReadonlySet<string>,
  tag: string,
  signal: AbortSignal,
): StepContext => ({
  session,
  boxIds: new Map(),
  execIds: new Map(),
  sockets: new Map(),
  cast: castOf([]),
  preexisting,
  before: new Map(),
  tag,
  signal,
});
