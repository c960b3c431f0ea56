import type { BoxObservation } from '../../../domain/observation.ts';
import { fromCli, fromRest } from '../../normal-form/index.ts';
import type { Session } from '../../ports/session.ts';
import type { Home } from './ledger.ts';

const LIST_MS = 30_000;
const REMOVE_MS = 40_000;

/** The realms a session reaches. */
export const realmsOf = (session: Session): Home[] => [
  ...(session.surfaces.has('cli') ? (['local'] as const) : []),
  ...(session.surfaces.has('rest') ? (['server'] as const) : []),
];

/**
 * All boxes of one realm, somebody else's included.
 * @throws an error that quotes the answer when the runtime does not list them.
 */
export async function listBoxes(session: Session, home: Home): Promise<BoxObservation[]> {
  const options = { timeoutMs: LIST_MS };
  const seen =
    home === 'local'
      ? fromCli(await session.cli('cli', ['list', '-a', '--format', 'json'], options), 'list')
      : fromRest(await session.rest({ method: 'GET', path: '/v1/boxes' }, options), 'boxes');
  if (seen.is === 'boxes') return seen.boxes;
  if (seen.is === 'refused' && seen.status === 401) {
    throw new Error(`the server refuses the API key (401 ${seen.code}): give the right one with --api-key`);
  }
  throw new Error(
    `the ${home === 'local' ? 'home' : 'server'} does not list its boxes: ${JSON.stringify(seen)}`,
  );
}

/** Removes one box by force. Never throws; the next list tells whether it worked. */
export async function removeBox(session: Session, home: Home, id: string): Promise<void> {
  const options = { timeoutMs: REMOVE_MS };
  if (home === 'local') await session.cli('cli', ['rm', '-f', id], options);
  else await session.rest({ method: 'DELETE', path: `/v1/boxes/${id}?force=true` }, options);
}
