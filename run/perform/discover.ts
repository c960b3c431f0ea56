import type { Call } from '../../commands/calls.ts';
import { list } from '../../commands/verbs/list.ts';
import type { BoxObservation, Observation } from '../../domain/observation.ts';
import { homeOf } from '../../model/lookup.ts';
import type { Surface } from '../../program/step.ts';
import { performOne } from './one.ts';
import type { StepContext } from './step-context.ts';

/** All boxes of the home behind a surface, as that surface lists them. */
export function listAll(context: StepContext, via: Surface, deadlineMs: number): Promise<Observation> {
  const [call] = list.calls({ op: 'list', via, all: true });
  return performOne({ context, deadlineMs, told: undefined, own: undefined }, call as Call);
}

/** Boxes of this home that the program has no handle for yet. */
const strangers = (context: StepContext, boxes: BoxObservation[]): BoxObservation[] => {
  const ours = new Set(context.boxIds.values());
  return boxes.filter(({ id }) => !ours.has(id) && !context.preexisting.has(id));
};

/**
 * Finds the id of a box that was made without telling one: a foreground run, or a run that failed and left
 * its record. Nothing is bound where there is no single candidate: the views will show what is wrong.
 */
export async function discover(
  context: StepContext,
  handle: string,
  via: Surface,
  deadlineMs: number,
): Promise<void> {
  if (context.boxIds.has(handle)) return;
  const server = context.session.surfaces.has('rest') ? 'rest' : 'url';
  const seen = await listAll(context, homeOf(via) === 'local' ? 'cli' : server, deadlineMs);
  if (seen.is !== 'boxes') return;
  const [only, ...more] = strangers(context, seen.boxes);
  if (only && more.length === 0) context.boxIds.set(handle, only.id);
}
