import type { BoxObservation, Observation } from '../domain/observation.ts';
import type { Surface } from '../domain/surface.ts';
import { homeOf } from '../model/lookup.ts';
import { callCli, callRest } from './call.ts';
import type { StepContext } from './step-context.ts';

/** All boxes of the home behind a surface, as that surface lists them. */
export const listAll = (stepContext: StepContext, via: Surface, deadlineMs: number): Promise<Observation> =>
  via === 'rest'
    ? callRest(stepContext, { method: 'GET', path: '/v1/boxes' }, 'boxes', deadlineMs)
    : callCli(stepContext, via, ['list', '-a', '--format', 'json'], { expecting: 'list', deadlineMs });

/** Boxes of this home that the program has no handle for yet. */
const strangers = (stepContext: StepContext, boxes: BoxObservation[]): BoxObservation[] => {
  const ours = new Set(stepContext.boxIds.values());
  return boxes.filter(({ id }) => !ours.has(id) && !stepContext.preexisting.has(id));
};

/**
 * Finds the id of a box that was made without telling one: a foreground run, or a run that failed and left
 * its record. Nothing is bound where there is no single candidate: the views will show what is wrong.
 */
export async function discover(
  stepContext: StepContext,
  handle: string,
  via: Surface,
  deadlineMs: number,
): Promise<void> {
  if (stepContext.boxIds.has(handle)) return;
  const seen = await listAll(
    stepContext,
    homeOf(via) === 'local' ? 'cli' : stepContext.session.surfaces.has('rest') ? 'rest' : 'url',
    deadlineMs,
  );
  if (seen.is !== 'boxes') return;
  const [only, ...more] = strangers(stepContext, seen.boxes);
  if (only && more.length === 0) stepContext.boxIds.set(handle, only.id);
}
