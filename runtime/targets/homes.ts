import { deadlines } from '../../domain/deadlines.ts';
import type { BoxObservation } from '../../domain/observation.ts';
import { fromCli, fromRest } from '../normal-form/index.ts';
import type { Session } from '../ports/session.ts';

/** Names one of the two homes a target may reach: that of the local CLI, or that of the server. */
export type Home = 'local' | 'server';

/** The longest call is a removal by force. Half as much again is for the process that makes it: who takes longer hangs. */
const CALL_MS = 1.5 * deadlines.removeMs;

/** Gives the homes a session reaches. */
export const homesOf = (session: Session): Home[] => [
  ...(session.surfaces.has('rest') ? (['server'] as const) : []),
  ...(session.surfaces.has('cli') ? (['local'] as const) : []),
];

/** Names a box in the words of a log. */
export const boxLine = (home: Home, id: string): string =>
  `box ${id} of ${home === 'local' ? 'the local CLI' : 'the server'}`;

/**
 * Lists all boxes of one home, somebody else's included.
 * @throws an error that quotes the answer when the runtime does not list them.
 */
export async function listBoxes(session: Session, home: Home): Promise<BoxObservation[]> {
  const options = { timeoutMs: CALL_MS * session.deadlineFactor };
  const seen =
    home === 'local'
      ? fromCli(await session.cli('cli', ['list', '-a', '--format', 'json'], options), 'list')
      : fromRest(await session.rest({ method: 'GET', path: '/v1/boxes' }, options), 'boxes');
  if (seen.is === 'boxes') return seen.boxes;
  if (seen.is === 'refused' && seen.status === 401)
    throw new Error(`the server refuses the API key (401 ${seen.code}): give the right one with --api-key`);
  const what = home === 'local' ? 'home' : 'server';
  throw new Error(`the ${what} does not list its boxes: ${JSON.stringify(seen)}`);
}

/**
 * Removes the boxes of one home that are `ours` by the runtime's own means: by force, all of them.
 * @returns what was removed, one line a box.
 * @throws when boxes stay, or cannot be listed.
 */
export async function emptyHome(
  session: Session,
  home: Home,
  ours: (box: BoxObservation) => boolean = () => true,
): Promise<string[]> {
  const list = async () => (await listBoxes(session, home)).filter(ours).map((box) => box.id);
  const ids = await list();
  if (ids.length === 0) return [];
  const options = { timeoutMs: CALL_MS * session.deadlineFactor * ids.length };
  if (home === 'local') await session.cli('cli', ['rm', '-f', ...ids], options);
  else
    for (const id of ids)
      await session.rest({ method: 'DELETE', path: `/v1/boxes/${id}?force=true` }, options);
  const still = await list();
  if (still.length > 0)
    throw new Error(`boxes stay after a forced removal: ${still.map((id) => boxLine(home, id)).join(', ')}`);
  return ids.map((id) => boxLine(home, id));
}

/** Says whether a box of the local CLI boots that nothing is asked of; it is removed. */
export async function bootsPlainBox(session: Session): Promise<boolean> {
  const { image, deadlineFactor } = session;
  const from = 'rootfs' in image ? ['--rootfs', image.rootfs] : [image.image];
  const options = { timeoutMs: deadlines.bootMs * deadlineFactor };
  const { exit } = await session.cli('cli', ['run', '-d', ...from, 'sleep', '60'], options);
  await emptyHome(session, 'local');
  return exit === 0;
}
