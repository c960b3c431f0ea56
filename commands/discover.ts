import type { BoxSeen, Seen } from '../domain/observation.ts';
import { realmOf } from '../model/lookup.ts';
import type { Surface } from '../program/step.ts';
import { callCli, callRest } from './call.ts';
import type { Hands } from './step-context.ts';

/** All boxes of the home behind a surface, as that surface lists them. */
export const listAll = (hands: Hands, via: Surface, deadlineMs: number): Promise<Seen> =>
  via === 'rest'
    ? callRest(hands, { method: 'GET', path: '/v1/boxes' }, 'boxes', deadlineMs)
    : callCli(hands, via, ['list', '-a', '--format', 'json'], { expecting: 'list', deadlineMs });

/** Boxes of this home that the program has no handle for yet. */
const strangers = (hands: Hands, boxes: BoxSeen[]): BoxSeen[] => {
  const ours = new Set(hands.boxIds.values());
  return boxes.filter(({ id }) => !ours.has(id) && !hands.foreign.has(id));
};

/**
 * Finds the id of a box that was made without telling one: a foreground run, or a run that failed and left
 * its record. Nothing is bound where there is no single candidate: the views will show what is wrong.
 */
export async function discover(
  hands: Hands,
  handle: string,
  via: Surface,
  deadlineMs: number,
): Promise<void> {
  if (hands.boxIds.has(handle)) return;
  const seen = await listAll(
    hands,
    realmOf(via) === 'local' ? 'cli' : hands.session.surfaces.has('rest') ? 'rest' : 'url',
    deadlineMs,
  );
  if (seen.is !== 'boxes') return;
  const [only, ...more] = strangers(hands, seen.boxes);
  if (only && more.length === 0) hands.boxIds.set(handle, only.id);
}
