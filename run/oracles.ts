import { verbs } from '../commands/index.ts';
import { deadlines } from '../domain/deadlines.ts';
import type { Observation } from '../domain/observation.ts';
import { homeOfStep, removalSurface } from '../model/refers.ts';
import { isUnclear } from '../model/unclear.ts';
import { type Box, emptyWorld } from '../model/world.ts';
import type { Failure } from '../program/failure.ts';
import type { Event } from '../program/history.ts';
import type { OracleName } from '../program/oracles.ts';
import type { Surface } from '../program/step.ts';
import type { Baseline } from '../runtime/ports/target.ts';
import { applicable, type KnownDivergence, matchKnown } from '../verdict/known.ts';
import { listAll, viewsOf } from './perform/discover.ts';
import { perform } from './perform/perform.ts';
import type { ModelState, ProgramRun } from './program-run.ts';
import { runStep } from './step-runner.ts';
import { ProgramStopped } from './stop.ts';
import { waited } from './waited.ts';

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

const fail = (oracle: 'cleanup' | 'leak', at: number, detail: string, seen?: Observation): never => {
  const failure: Failure = {
    kind: 'oracle',
    oracle,
    at,
    step: null,
    detail,
    situation: 'after',
    ...(seen ? { seen } : {}),
  };
  throw new ProgramStopped({ is: 'failed', failure });
};

/** Removes every box that may be there by force, and expects the removal to succeed where it must be there. */
export async function removeAll({ worlds }: ModelState, run: ProgramRun): Promise<void> {
  const { stepContext, history } = run;
  await waited(history, Promise.all([...stepContext.sockets.values()].map((socket) => socket.close())));
  for (const { handle } of Object.values(worlds[0].world.boxes)) {
    const views = worlds.flatMap(({ world }) => world.boxes[handle] ?? []);
    const there = views.filter(({ status }) => status !== 'removed');
    const [box] = there;
    if (!box || !stepContext.boxIds.has(handle)) continue;
    const surely = views.length === there.length && !there.some(({ status }) => isUnclear(status));
    await removeOne(run, box, surely);
  }
}

async function removeOne(run: ProgramRun, box: Box, surely: boolean): Promise<void> {
  const { stepContext, history } = run;
  const wanted = removalSurface(box.handle, box.home);
  const { surfaces } = stepContext.session;
  const via = box.home !== 'server' || surfaces.has(wanted) ? wanted : wanted === 'rest' ? 'url' : 'rest';
  const deadlineMs = deadlines.removeMs * stepContext.session.deadlineFactor;
  const removal = perform({ op: 'rm', via, on: [box.handle], force: true }, stepContext, deadlineMs);
  const seen = await waited(history, removal);
  if (seen.is === 'done' || (!surely && seen.is === 'refused')) return;
  const told = 'text' in seen ? seen.text : seen.is;
  fail(
    'cleanup',
    history.program.steps.length,
    `rm -f of a ${box.kind} box (${box.status}) on ${via}: ${told}`,
    seen,
  );
}

/**
 * Nothing of the program may be left: no record in any home, nothing beyond the baseline (contract 8.5), known
 * leaks apart.
 * @returns the baseline of the next program
 */
export async function expectNothingLeft(
  state: ModelState,
  run: ProgramRun,
  before: Baseline,
): Promise<Baseline> {
  const { stepContext, history, target } = run;
  const at = history.program.steps.length;
  for (const via of viewsUsed(state, run)) {
    const seen = await waited(history, listAll(stepContext, via));
    const left = seen.is === 'boxes' ? seen.boxes.filter(({ id }) => !stepContext.preexisting.has(id)) : [];
    if (left.length > 0)
      fail('leak', at, `a record is left (${via}): ${left.map((box) => box.status).join(', ')}`, seen);
  }
  await waited(history, stepContext.session.dispose());
  const marks = run.known.filter((entry) => leaves(entry, run));
  const isKnown = (line: string): boolean => marks.some((mark) => matchKnown(mark, { is: 'left', line }));
  const goneMs = deadlines.goneMs * stepContext.session.deadlineFactor;
  const now = await waited(history, target.baseline(before, goneMs, isKnown));
  const left = now.filter((line) => !before.includes(line));
  countLeaks(marks, left, history);
  const extra = left.filter((line) => !isKnown(line));
  if (extra.length > 0) fail('leak', at, `left behind: ${extra.join('; ')}`);
  return now;
}

/** One view of each home that the program has used. */
function viewsUsed({ worlds }: ModelState, { stepContext }: ProgramRun): Surface[] {
  const homes = new Set(Object.values(worlds[0].world.boxes).map((box) => box.home));
  return [...homes].flatMap((home) => viewsOf(stepContext.session, home).slice(0, 1));
}

/**
 * Whether an entry is about something that stays behind, and a step of the program was of the kind that leaves it: one
 * is refused has made nothing, unless its box was found.
 */
function leaves(entry: KnownDivergence, run: ProgramRun): boolean {
  const { history, target, stepContext } = run;
  const applies = ({ step, situation, seen }: Event): boolean =>
    (seen.is !== 'refused' || ('as' in step && stepContext.boxIds.has(step.as))) &&
    applicable([entry], { step, situation, world: emptyWorld, identity: target.identity }).length > 0;
  return entry.seen.is === 'left' && history.events.some(applies);
}

/** Counts each known leak of this program's steps: as a hit where it shows, as a miss where it does not. */
function countLeaks(
  marks: readonly KnownDivergence[],
  left: readonly string[],
  history: ProgramRun['history'],
): void {
  for (const mark of marks) {
    const shows = left.some((line) => matchKnown(mark, { is: 'left', line }));
    const counts = shows ? history.known : history.missed;
    counts[mark.id] = (counts[mark.id] ?? 0) + 1;
  }
}
