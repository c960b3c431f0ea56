import type { Call } from '../../commands/calls.ts';
import { list } from '../../commands/verbs/views.ts';
import { deadlines } from '../../domain/deadlines.ts';
import type { BoxObservation, Observation } from '../../domain/observation.ts';
import { type Home, homeOf } from '../../model/world.ts';
import type { Surface } from '../../program/step.ts';
import type { Session } from '../../runtime/ports/session.ts';
import { performOne } from './one.ts';
import type { StepContext } from './step-context.ts';

const views: Record<Home, Surface[]> = { local: ['cli'], server: ['rest', 'url'], sdk: ['local-sdk'] };

/** Surfaces that show a home; the first is the cheapest. */
export function viewsOf({ surfaces }: Session, home: Home): Surface[] {
  return views[home].filter((via) => surfaces.has(via));
}

/** All boxes of the home behind a surface, as that surface lists them. */
export function listAll(
  context: StepContext,
  via: Surface,
  deadlineMs = deadlines.readMs * context.session.deadlineFactor,
): Promise<Observation> {
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
  const [view = via] = viewsOf(context.session, homeOf(via));
  const seen = await listAll(context, view, deadlineMs);
  if (seen.is !== 'boxes') return;
  const [only, ...more] = strangers(context, seen.boxes);
  if (only && more.length === 0) context.boxIds.set(handle, only.id);
}
