import { deadlines } from '../../domain/deadlines.ts';
import type { BoxObservation, Observation } from '../../domain/observation.ts';
import { fromCli, fromRest, fromSdk } from '../normal-form/index.ts';
import type { CallOptions, Session } from '../ports/session.ts';

/** Names one of the two homes a target may reach: that of the local CLI, or that of the server. */
export type Home = 'local' | 'server';

/** A home of a target of ours: that of the SDK in local mode too. */
type AnyHome = Home | 'sdk';

const owners: Record<AnyHome, string> = { local: 'the local CLI', server: 'the server', sdk: 'the SDK' };

/** The longest call is a removal by force. Half as much again is for the process that makes it: who takes longer hangs. */
const CALL_MS = 1.5 * deadlines.removeMs;

/** Gives the homes a session reaches. */
export const homesOf = (session: Session): Home[] => [
  ...(session.surfaces.has('rest') ? (['server'] as const) : []),
  ...(session.surfaces.has('cli') ? (['local'] as const) : []),
];

/** The same, and that of the SDK in local mode. */
export const allHomes = (session: Session): AnyHome[] => [
  ...homesOf(session),
  ...(session.surfaces.has('local-sdk') ? (['sdk'] as const) : []),
];

/** Names a box in the words of a log. */
export const boxLine = (home: AnyHome, id: string): string => `box ${id} of ${owners[home]}`;

/**
 * Lists all boxes of one home, somebody else's included.
 * @throws an error that quotes the answer when the runtime does not list them.
 */
export async function listBoxes(session: Session, home: AnyHome): Promise<BoxObservation[]> {
  const seen = await listed(session, home);
  if (seen.is === 'boxes') return seen.boxes;
  if (seen.is === 'refused' && seen.status === 401)
    throw new Error(`the server refuses the API key (401 ${seen.code}): give the right one with --api-key`);
  throw new Error(`${owners[home]} does not list its boxes: ${JSON.stringify(seen)}`);
}

async function listed(session: Session, home: AnyHome): Promise<Observation> {
  const options = { timeoutMs: CALL_MS * session.deadlineFactor };
  switch (home) {
    case 'local':
      return fromCli(await session.cli('cli', ['list', '-a', '--format', 'json'], options), 'list');
    case 'server':
      return fromRest(await session.rest({ method: 'GET', path: '/v1/boxes' }, options), 'boxes');
    case 'sdk':
      return fromSdk('list', await session.sdk('local-sdk').call({ method: 'list_boxes' }, options), 'boxes');
  }
}

/**
 * Removes the boxes of one home that are `ours` by the runtime's own means: by force, all of them.
 * @returns what was removed, one line a box.
 * @throws when boxes stay, or cannot be listed.
 */
export async function emptyHome(
  session: Session,
  home: AnyHome,
  ours: (box: BoxObservation) => boolean = () => true,
): Promise<string[]> {
  const list = async () => (await listBoxes(session, home)).filter(ours).map((box) => box.id);
  const ids = await list();
  if (ids.length === 0) return [];
  const options = { timeoutMs: CALL_MS * session.deadlineFactor * ids.length };
  if (home === 'local') await session.cli('cli', ['rm', '-f', ...ids], options);
  else for (const id of ids) await removed(session, home, id, options);
  const still = await list();
  if (still.length > 0)
    throw new Error(`boxes stay after a forced removal: ${still.map((id) => boxLine(home, id)).join(', ')}`);
  return ids.map((id) => boxLine(home, id));
}

const removed = (
  session: Session,
  home: 'server' | 'sdk',
  box: string,
  options: CallOptions,
): Promise<unknown> =>
  home === 'sdk'
    ? session.sdk('local-sdk').call({ method: 'remove', box, force: true }, options)
    : session.rest({ method: 'DELETE', path: `/v1/boxes/${box}?force=true` }, options);

/** Says whether a box of the local CLI boots that nothing is asked of; it is removed. */
export async function bootsPlainBox(session: Session): Promise<boolean> {
  const { image, deadlineFactor } = session;
  const from = 'rootfs' in image ? ['--rootfs', image.rootfs] : [image.image];
  const options = { timeoutMs: deadlines.bootMs * deadlineFactor };
  const { exit } = await session.cli('cli', ['run', '-d', ...from, 'sleep', '60'], options);
  await emptyHome(session, 'local');
  return exit === 0;
}
