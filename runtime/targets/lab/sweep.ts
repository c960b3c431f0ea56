import { deadlines } from '../../../domain/deadlines.ts';
import type { Lab } from '../../../lab/index.ts';
import { lookUntil } from '../../../machine/until.ts';
import { InfrastructureError } from '../../infrastructure-error.ts';
import type { Session } from '../../ports/session.ts';
import type { Baseline } from '../../ports/target.ts';
import { emptyHome, homesOf, listBoxes } from '../homes.ts';
import { beyond, nothingBeyond } from '../settled.ts';
import { labBaseline } from './baseline.ts';
import { resetLab } from './server.ts';

/** Removed boxes go by themselves, slower here. */
const GOING_MS = 3 * deadlines.goneMs;

/**
 * Removes every box of both homes: the regular way first, and where that leaves anything, by killing what there is
 * of BoxLite and emptying the homes.
 * @returns what had to be removed, one line a thing; empty: it was clean.
 * @throws InfrastructureError when the guest is lost.
 */
export async function sweepLab(
  lab: Pick<Lab, 'run' | 'serveUrl' | 'apiKey'>,
  session: Session,
  clean: Baseline,
  goingMs = GOING_MS,
): Promise<string[]> {
  // A record can be left without anything else: one of a box that was only created.
  const isClean = async (now: Baseline) => nothingBeyond(now, clean) && (await hasNoBoxes(session));
  if (await isClean(await labBaseline(lab))) return [];
  const removed: string[] = [];
  for (const home of homesOf(session)) removed.push(...((await answered(emptyHome(session, home))) ?? []));
  const left = await lookUntil(
    () => labBaseline(lab),
    (now) => nothingBeyond(now, clean),
    goingMs,
  );
  if (await isClean(left)) return removed;
  await resetLab(lab);
  return [...removed, ...beyond(left, clean, (line) => line).map((line) => `by force: ${line}`)];
}

async function hasNoBoxes(session: Session): Promise<boolean> {
  const lists = await Promise.all(homesOf(session).map((home) => answered(listBoxes(session, home))));
  return lists.every((boxes) => boxes?.length === 0);
}

/** Passes on what the runtime answered; null where it did not, unless the guest itself is lost. */
const answered = <T>(asked: Promise<T>): Promise<T | null> =>
  asked.catch((error: unknown) => {
    if (error instanceof InfrastructureError) throw error;
    return null;
  });
