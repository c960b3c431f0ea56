import { castOf } from '../commands/cast.ts';
import type { Session } from '../runtime/ports/session.ts';
import type { StepContext } from './perform/step-context.ts';

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
  tag,
  signal,
});
