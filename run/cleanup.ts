import { deadlines } from '../domain/deadlines.ts';
import type { Observation } from '../domain/observation.ts';
import { isUnclear } from '../model/unclear.ts';
import type { Box } from '../model/world.ts';
import type { Failure } from '../program/failure.ts';
import type { Surface } from '../program/step.ts';
import type { Baseline } from '../runtime/ports/target.ts';
import { unknownLeaks } from './leaks.ts';
import { listAll } from './perform/discover.ts';
import { perform } from './perform/perform.ts';
import type { StepContext } from './perform/step-context.ts';
import type { ModelState, ProgramRun } from './program-run.ts';
import { ProgramStopped } from './stop.ts';
import { waited } from './waited.ts';

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
  const via = removalSurface(stepContext, box);
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

/** REST and --url take turns, so that both ways of removal are used. */
function removalSurface(stepContext: StepContext, box: Box): Surface {
  if (box.home === 'local') return 'cli';
  const odd = Number(box.handle.slice('box'.length)) % 2 === 1;
  const wanted: Surface = odd ? 'rest' : 'url';
  return stepContext.session.surfaces.has(wanted) ? wanted : wanted === 'rest' ? 'url' : 'rest';
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
    const seen = await waited(
      history,
      listAll(stepContext, via, deadlines.readMs * stepContext.session.deadlineFactor),
    );
    const left = seen.is === 'boxes' ? seen.boxes.filter(({ id }) => !stepContext.preexisting.has(id)) : [];
    if (left.length > 0)
      fail('leak', at, `a record is left (${via}): ${left.map((box) => box.status).join(', ')}`, seen);
  }
  await waited(history, stepContext.session.dispose());
  const now = await waited(
    history,
    target.baseline(before, deadlines.goneMs * stepContext.session.deadlineFactor),
  );
  const extra = unknownLeaks(
    run,
    now.filter((line) => !before.includes(line)),
  );
  if (extra.length > 0) fail('leak', at, `left behind: ${extra.join('; ')}`);
  return now;
}

function viewsUsed({ worlds }: ModelState, run: ProgramRun): Surface[] {
  const { stepContext } = run;
  const homes = new Set(Object.values(worlds[0].world.boxes).map((box) => box.home));
  const server: Surface = stepContext.session.surfaces.has('rest') ? 'rest' : 'url';
  return [...(homes.has('local') ? ['cli' as const] : []), ...(homes.has('server') ? [server] : [])];
}
