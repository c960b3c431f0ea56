import { deadlines } from '../../../domain/deadlines.ts';
import { InfrastructureError } from '../../../domain/infrastructure-error.ts';
import { homesOfLane, type Lab } from '../../../lab/index.ts';
import { lookUntil } from '../../../machine/until.ts';
import type { Session } from '../../ports/session.ts';
import type { Baseline } from '../../ports/target.ts';
import { allHomes, emptyHome, listBoxes } from '../homes.ts';
import { resetLane } from './server.ts';

const LOOK_MS = 30_000;
/** Removed boxes go by themselves, slower here. */
const GOING_MS = 3 * deadlines.goneMs;

/** Says what exists in a lane because of BoxLite now: see lab/guest/baseline.pl. One call over ssh. */
export async function labBaseline(lab: Pick<Lab, 'run'>, lane: number): Promise<Baseline> {
  const { cli, serve, sdk } = homesOfLane(lane);
  const done = await lab.run(['/opt/boxcheck/baseline', cli, serve, sdk], { timeoutMs: LOOK_MS });
  if (done.exit === 0) return done.out.toString().split('\n').filter(Boolean).sort();
  throw new InfrastructureError(`the lab could not list what exists in it: ${done.err.toString().trim()}`);
}

/**
 * Removes every box of all homes of a lane: the regular way first, and where that leaves anything, by killing what
 * there is of BoxLite in it and emptying the homes.
 * @returns what had to be removed, one line a thing; empty: it was clean.
 * @throws InfrastructureError when the guest is lost.
 */
export async function sweepLab(
  lab: Pick<Lab, 'run' | 'serveUrl' | 'apiKey' | 'lost'>,
  lane: number,
  session: Session,
  goingMs = GOING_MS,
): Promise<string[]> {
  // A record can be left without anything else: one of a box that was only created.
  const isClean = async (now: Baseline) => now.length === 0 && (await hasNoBoxes(session));
  if (await isClean(await labBaseline(lab, lane))) return [];
  const removed: string[] = [];
  for (const home of allHomes(session)) removed.push(...((await answered(emptyHome(session, home))) ?? []));
  const left = await lookUntil(
    () => labBaseline(lab, lane),
    goingMs,
    (now) => now.length === 0,
  );
  if (await isClean(left)) return removed;
  await resetLane(lab, lane);
  return [...removed, ...left.map((line) => `by force: ${line}`)];
}

async function hasNoBoxes(session: Session): Promise<boolean> {
  const lists = await Promise.all(allHomes(session).map((home) => answered(listBoxes(session, home))));
  return lists.every((boxes) => boxes?.length === 0);
}

/** Passes on what the runtime answered; null where it did not, unless the guest itself is lost. */
const answered = <T>(asked: Promise<T>): Promise<T | null> =>
  asked.catch((error: unknown) => {
    if (error instanceof InfrastructureError) throw error;
    return null;
  });
