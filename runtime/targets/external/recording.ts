import type { Session } from '../../ports/session.ts';
import { type Ledger, noteCli, noteRest } from './ledger.ts';

/** Makes a session whose calls are entered in the ledger as they are answered. */
export function recording(session: Session, ledger: Ledger): Session {
  return {
    ...session,
    cli: async (surface, args, options) => {
      const answer = await session.cli(surface, args, options);
      noteCli(ledger, surface === 'cli' ? 'local' : 'server', answer);
      return answer;
    },
    rest: async (request, options) => {
      const answer = await session.rest(request, options);
      noteRest(ledger, answer);
      return answer;
    },
  };
}
