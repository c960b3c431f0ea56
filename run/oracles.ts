import type { Home } from '../model/world.ts';
import type { Failure, OracleName } from '../program/failure.ts';
import type { Event } from '../program/history.ts';
import type { Step, Surface } from '../program/step.ts';
import { missed, type Running, runStep } from './step-runner.ts';
import { ProgramStopped } from './stop.ts';

/** Surfaces that show a home; the first is the cheapest. */
function viewsOf(running: Running, home: Home): Surface[] {
  const views: Surface[] = home === 'local' ? ['cli'] : ['rest', 'url'];
  return views.filter((via) => running.stepContext.session.surfaces.has(via));
}

/** The home a step works on; null for steps that address no box. */
function homeOfStep(step: Step): Home {
  return 'via' in step && step.via === 'cli' ? 'local' : 'server';
}

/** A view that is wrong is the oracle's finding, not that of the `list` it was made with. */
async function look(
  running: Running,
  via: Surface,
  index: number,
  oracle: OracleName,
  about: Pick<Event, 'step' | 'situation'> | null,
): Promise<Event> {
  try {
    return await runStep(running, { op: 'list', via, all: true }, index);
  } catch (error) {
    if (!(error instanceof ProgramStopped) || error.ending.is !== 'failed') throw error;
    throw new ProgramStopped({ is: 'failed', failure: renamed(error.ending.failure, oracle, about) });
  }
}

/** The finding is about the step that was refused, in its situation; without one, about the views themselves. */
function renamed(
  failure: Failure,
  oracle: OracleName,
  about: Pick<Event, 'step' | 'situation'> | null,
): Failure {
  if (failure.kind !== 'unexpected') return failure;
  const { at, seen } = failure;
  const detail = failure.differences.join('; ');
  const { step, situation } = about ?? { step: null, situation: failure.situation };
  return { kind: 'oracle', oracle, at, step, detail, seen, situation };
}

/**
 * A refused step changes nothing (contract 8.4), and a foreground run leaves what its flags say (contract 2.2):
 * right after either the home must look as the model says, or a later step would be blamed.
 */
export async function afterStep(running: Running, event: Event): Promise<void> {
  const refused = event.seen.is === 'refused' && event.step.op !== 'list';
  const [via] = viewsOf(running, homeOfStep(event.step));
  if (!via || !(refused || event.step.op === 'foreground')) return;
  const view = await look(
    running,
    via,
    event.index,
    refused ? 'refusal-changed-state' : 'views-disagree',
    event,
  );
  if (event.step.op === 'foreground') lingers(running, event, event.step.as, view);
}

/** A box that should be gone and is said to linger: counted where it does, stale where it does not. */
function lingers(running: Running, event: Event, handle: string, { seen }: Event): void {
  const { stepContext, history, known } = running;
  const mark = known.find(({ id }) => event.matched === `known:${id}`);
  if (mark?.after.box?.status !== 'leaving') return;
  const id = stepContext.boxIds.get(handle);
  if (seen.is === 'boxes' && seen.boxes.some((box) => box.id === id))
    history.known[mark.id] = (history.known[mark.id] ?? 0) + 1;
  else missed(running, mark, event);
}

/** All views of a home tell the same (contract 8.10): each is held against the same model. */
export async function compareViews(running: Running, index: number): Promise<void> {
  const homes = new Set(Object.values(running.stepContext.world.boxes).map((box) => box.home));
  for (const home of homes) {
    for (const via of viewsOf(running, home)) await look(running, via, index, 'views-disagree', null);
  }
}
