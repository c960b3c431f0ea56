import type { World } from '../model/world.ts';
import type { AttachSocket } from '../runtime/ports/session.ts';
import type { StepContext } from './step-context.ts';

/** Attaches whose socket can still be used or read. */
export const liveAttaches = (world: World): string[] =>
  Object.values(world.attaches)
    .filter((attach) => attach.state !== 'closed')
    .map((attach) => attach.handle);

/** The socket behind a handle; the model predicts steps on attaches only where there was a 101. */
export function socketOf(stepContext: StepContext, handle: string): AttachSocket {
  const socket = stepContext.sockets.get(handle);
  if (!socket)
    throw new Error(`no socket for ${handle}: the model takes it for attached, the runner has none`);
  return socket;
}
