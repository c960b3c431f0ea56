import type { Hands } from '../commands/step-context.ts';
import { emptyWorld } from '../model/world.ts';
import type { Session } from '../runtime/ports/session.ts';

/** Fresh hands of one program. */
export const makeHands = (
  session: Session,
  foreign: ReadonlySet<string>,
  tag: string,
  signal: AbortSignal,
): Hands => ({
  session,
  boxIds: new Map(),
  execIds: new Map(),
  sockets: new Map(),
  foreign,
  world: emptyWorld,
  tag,
  signal,
});
