import { verbs } from '../commands/index.ts';
import { homeOfStep } from '../model/refers.ts';
import type { Failure } from '../program/failure.ts';
import type { Event } from '../program/history.ts';
import type { OracleName } from '../program/oracles.ts';
import type { Surface } from '../program/step.ts';
import { viewsOf } from './perform/discover.ts';
import type { ModelState, ProgramRun } from './program-run.ts';
import { runStep } from './step-runner.ts';
import { ProgramStopped } from './stop.ts';

/** A view that is wrong is the oracle's finding, not that of the `list` it was made with. */
async function look(
  state: ModelState,
  run: ProgramRun,
  via: Surface,
  index: number,
  oracle: OracleName,
  about: Pick<Event, 'step' | 'situation'> | null,
): Promise<Event> {
  try {
    return await runStep(state, run, { op: 'list', via, all: true }, index);
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
export async function afterStep(state: ModelState, run: ProgramRun, event: Event): Promise<void> {
  const refused = event.seen.is === 'refused' && verbs[event.step.op].effect !== 'lists';
  const [via] = viewsOf(run.stepContext.session, homeOfStep(event.step));
  if (!via || !(refused || (verbs[event.step.op].makes === 'box' && verbs[event.step.op].toTheEnd))) return;
  const oracle = refused ? 'refusal-changed-state' : 'views-disagree';
  await look(state, run, via, event.index, oracle, event);
}

/** All views of a home tell the same (contract 8.10): each is held against the same worlds. */
export async function compareViews(state: ModelState, run: ProgramRun, index: number): Promise<void> {
  const homes = new Set(Object.values(state.worlds[0].world.boxes).map((box) => box.home));
  for (const home of homes) {
    for (const via of viewsOf(run.stepContext.session, home))
      await look(state, run, via, index, 'views-disagree', null);
  }
}
