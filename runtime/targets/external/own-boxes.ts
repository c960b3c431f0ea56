import type { BoxObservation } from '../../../domain/observation.ts';
import { InfrastructureError } from '../../infrastructure-error.ts';
import type { Session } from '../../ports/session.ts';
import type { Baseline } from '../../ports/target.ts';
import { boxLine, emptyHome, type Home, homesOf, listBoxes } from '../homes.ts';
import { isOurs, type Ledger } from './ledger.ts';

/** OwnBoxes hold what this run needs to look after its own boxes among others'. */
export interface OwnBoxes {
  /** A session that is not any program's. */
  own: Session;
  ledger: Ledger;
}

/** Gives the homes in which this run has made anything: only those are ever looked into. */
const usedHomes = ({ own, ledger }: OwnBoxes): Home[] =>
  homesOf(own).filter((home) => ledger.ids[home].size + ledger.names[home].size > 0);

const ourOnes =
  ({ ledger }: OwnBoxes, home: Home) =>
  (box: BoxObservation) =>
    isOurs(ledger, home, box);

/** Gives one line a box of this run: all that can be seen of a runtime that others use. */
export async function ourBaseline(boxes: OwnBoxes): Promise<Baseline> {
  const lines: string[] = [];
  for (const home of usedHomes(boxes)) {
    const found = (await listBoxes(boxes.own, home)).filter(ourOnes(boxes, home));
    lines.push(...found.map((box) => boxLine(home, box.id)));
  }
  return lines.sort();
}

/**
 * Removes the boxes of this run, and nothing else.
 * @throws InfrastructureError naming those that stay.
 */
export async function sweepOurs(boxes: OwnBoxes): Promise<string[]> {
  const removed: string[] = [];
  for (const home of usedHomes(boxes)) {
    const lines = emptyHome(boxes.own, home, ourOnes(boxes, home)).catch((error: Error) => {
      throw new InfrastructureError(`${error.message}: remove them by hand`, { cause: error });
    });
    removed.push(...(await lines));
  }
  return removed;
}

const ALIVE_MS = 10_000;

/**
 * Asks whether the runtime can be reached at all.
 * @throws InfrastructureError when not: somebody else's server that is gone is no finding of ours.
 */
export async function reach(own: Session): Promise<void> {
  if (!own.surfaces.has('rest')) return;
  const answer = await own.rest({ method: 'GET', path: '/v1/config' }, { timeoutMs: ALIVE_MS });
  if (answer.status === 0) throw new InfrastructureError(`the server does not answer: ${answer.err}`);
}
