import { listAll } from '../commands/discover.ts';
import type { Hands } from '../commands/step-context.ts';
import { rm } from '../commands/verbs/rm.ts';
import type { Seen } from '../domain/observation.ts';
import { deadlines } from '../model/deadlines.ts';
import type { Box } from '../model/world.ts';
import type { Failure } from '../program/failure.ts';
import type { Surface } from '../program/step.ts';
import type { Baseline } from '../runtime/ports/target.ts';
import { unknownLeaks } from './leaks.ts';
import type { Running } from './step-runner.ts';
import { ProgramStopped } from './stop.ts';
import { waited } from './waited.ts';

const fail = (oracle: 'cleanup' | 'leak', at: number, detail: string, seen?: Seen): never => {
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

/** Removes every box of the program by force and expects each removal to succeed. */
export async function removeAll(running: Running): Promise<void> {
  const { hands, history } = running;
  await waited(history, Promise.all([...hands.sockets.values()].map((socket) => socket.close())));
  for (const box of Object.values(hands.world.boxes)) {
    if (box.status !== 'removed' && hands.boxIds.has(box.handle)) await removeOne(running, box);
  }
}

async function removeOne(running: Running, box: Box): Promise<void> {
  const { hands, history } = running;
  const via = removalSurface(hands, box);
  const deadlineMs = deadlines.removeMs * hands.session.patience;
  const removal = rm.perform({ op: 'rm', via, on: [box.handle], force: true }, hands, deadlineMs);
  const seen = await waited(history, removal);
  if (seen.is === 'done' || (box.status === 'leaving' && seen.is === 'refused')) return;
  const told = 'text' in seen ? seen.text : seen.is;
  fail(
    'cleanup',
    history.program.steps.length,
    `rm -f of a ${box.kind} box (${box.status}) on ${via}: ${told}`,
    seen,
  );
}

/** REST and --url take turns, so that both ways of removal are used. */
function removalSurface(hands: Hands, box: Box): Surface {
  if (box.realm === 'local') return 'cli';
  const odd = Number(box.handle.slice('box'.length)) % 2 === 1;
  const wanted: Surface = odd ? 'rest' : 'url';
  return hands.session.surfaces.has(wanted) ? wanted : wanted === 'rest' ? 'url' : 'rest';
}

/**
 * Nothing of the program may be left: no record in any home, nothing beyond the baseline (contract 8.5), known
 * leaks apart.
 * @returns the baseline of the next program
 */
export async function expectNothingLeft(running: Running, before: Baseline): Promise<Baseline> {
  const { hands, history, target } = running;
  const at = history.program.steps.length;
  for (const via of viewsUsed(running)) {
    const seen = await waited(history, listAll(hands, via, deadlines.readMs * hands.session.patience));
    const left = seen.is === 'boxes' ? seen.boxes.filter(({ id }) => !hands.foreign.has(id)) : [];
    if (left.length > 0)
      fail('leak', at, `a record is left (${via}): ${left.map((box) => box.status).join(', ')}`, seen);
  }
  await waited(history, hands.session.dispose());
  const now = await waited(history, target.baseline(before, PROCESSES_GONE_MS * hands.session.patience));
  const extra = unknownLeaks(
    running,
    now.filter((line) => !before.includes(line)),
  );
  if (extra.length > 0) fail('leak', at, `left behind: ${extra.join('; ')}`);
  return now;
}

/** Processes and files are gone 5 s after rm (contract 7.11). */
const PROCESSES_GONE_MS = 5_000;

function viewsUsed(running: Running): Surface[] {
  const { hands } = running;
  const realms = new Set(Object.values(hands.world.boxes).map((box) => box.realm));
  const server: Surface = hands.session.surfaces.has('rest') ? 'rest' : 'url';
  return [...(realms.has('local') ? ['cli' as const] : []), ...(realms.has('server') ? [server] : [])];
}
