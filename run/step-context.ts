import type { StepContext } from '../commands/step-context.ts';
import { emptyWorld } from '../model/world.ts';
import type { Session } from '../runtime/ports/session.ts';

/** Fresh hands of one program. */
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
  preexisting,
  world: emptyWorld,
  tag,
  signal,
});
