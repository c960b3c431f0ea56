import { verbs } from '../commands/index.ts';
import type { Home } from '../model/world.ts';
import type { Failure, OracleName } from '../program/failure.ts';
import type { Event } from '../program/history.ts';
import type { Step, Surface } from '../program/step.ts';
import type { Model, ProgramRun } from './program-run.ts';
import { runStep } from './step-runner.ts';
import { ProgramStopped } from './stop.ts';

/** Surfaces that show a home; the first is the cheapest. */
function viewsOf(run: ProgramRun, home: Home): Surface[] {
  const views: Surface[] = home === 'local' ? ['cli'] : ['rest', 'url'];
  return views.filter((via) => run.stepContext.session.surfaces.has(via));
}

/** The home a step works on; null for steps that address no box. */
function homeOfStep(step: Step): Home {
  return 'via' in step && step.via === 'cli' ? 'local' : 'server';
}

/** A view that is wrong is the oracle's finding, not that of the `list` it was made with. */
async function look(
  model: Model,
  run: ProgramRun,
  via: Surface,
  index: number,
  oracle: OracleName,
  about: Pick<Event, 'step' | 'situation'> | null,
): Promise<Event> {
  try {
    return await runStep(model, run, { op: 'list', via, all: true }, index);
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
export async function afterStep(model: Model, run: ProgramRun, event: Event): Promise<void> {
  const refused = event.seen.is === 'refused' && verbs[event.step.op].effect !== 'lists';
  const [via] = viewsOf(run, homeOfStep(event.step));
  if (!via || !(refused || (verbs[event.step.op].makes === 'box' && verbs[event.step.op].toTheEnd))) return;
  const oracle = refused ? 'refusal-changed-state' : 'views-disagree';
  await look(model, run, via, event.index, oracle, event);
}

/** All views of a home tell the same (contract 8.10): each is held against the same worlds. */
export async function compareViews(model: Model, run: ProgramRun, index: number): Promise<void> {
  const homes = new Set(Object.values(model.worlds[0].world.boxes).map((box) => box.home));
  for (const home of homes) {
    for (const via of viewsOf(run, home)) await look(model, run, via, index, 'views-disagree', null);
  }
}
