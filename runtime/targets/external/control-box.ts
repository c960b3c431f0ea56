import type { BoxObservation } from '../../../domain/observation.ts';
import { InfrastructureError } from '../../infrastructure-error.ts';
import type { Session } from '../../ports/session.ts';
import type { Baseline } from '../../ports/target.ts';
import { listBoxes, realmsOf, removeBox } from './boxes.ts';
import { type Home, isOurs, type Ledger } from './ledger.ts';

/** What this run needs to look after its own boxes among others'. */
export interface Bench {
  /** A session that is not any program's. */
  own: Session;
  ledger: Ledger;
}

/** Boxes of this run that still exist. */
export async function ourBoxes({ own, ledger }: Bench): Promise<{ home: Home; box: BoxObservation }[]> {
  const found = [];
  for (const home of realmsOf(own)) {
    const made = ledger.ids[home].size + ledger.names[home].size;
    const boxes = made > 0 ? await listBoxes(own, home) : [];
    found.push(...boxes.filter((box) => isOurs(ledger, home, box)).map((box) => ({ home, box })));
  }
  return found;
}

/** One line a box of this run: all that can be seen of a runtime that others use. */
export async function ourBaseline(bench: Bench): Promise<Baseline> {
  return (await ourBoxes(bench)).map(({ home, box }) => `box ${box.id} of the ${home} home`).sort();
}

/**
 * Removes the boxes of this run, and nothing else.
 * @throws InfrastructureError naming those that stay.
 */
export async function sweepOurs(bench: Bench): Promise<string[]> {
  const boxes = await ourBoxes(bench);
  for (const { home, box } of boxes) await removeBox(bench.own, home, box.id);
  const stuck = boxes.length > 0 ? await ourBaseline(bench) : [];
  if (stuck.length > 0)
    throw new InfrastructureError(`cannot remove ${stuck.join(', ')}: remove them by hand`);
  return boxes.map(({ home, box }) => `box ${box.id} of the ${home} home`);
}

const ALIVE_MS = 10_000;

/**
 * Whether the runtime can be reached at all.
 * @throws InfrastructureError when not: somebody else's server that is gone is no finding of ours.
 */
export async function reach(own: Session): Promise<void> {
  const options = { timeoutMs: ALIVE_MS };
  if (own.surfaces.has('rest')) {
    const answer = await own.rest({ method: 'GET', path: '/v1/config' }, options);
    if (answer.status === 0) throw new InfrastructureError(`the server does not answer: ${answer.err}`);
  }
}
