import { setTimeout as pause } from 'node:timers/promises';
import type { Session } from '../../runtime/ports/session.ts';
import type { Target } from '../../runtime/ports/target.ts';
import { price } from '../harness/simulated.ts';

/** The same target with each call as slow as that of a real runtime. */
export function slowed(target: Target): Target {
  const late = (boots: boolean) => pause(1000 * (price.commandS + (boots ? price.bootS : 0)));
  const slow = (session: Session): Session => ({
    ...session,
    cli: async (surface, args, options) => {
      await late(['run', 'start', 'restart'].includes(args[0] ?? ''));
      return session.cli(surface, args, options);
    },
    rest: async (request, options) => {
      await late(request.path.endsWith('/start'));
      return session.rest(request, options);
    },
  });
  return { ...target, session: async (label) => slow(await target.session(label)) };
}
