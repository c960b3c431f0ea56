import { emptyWorld } from '../model/world.ts';
import type { Event } from '../program/history.ts';
import { applicable, type KnownDivergence, matchKnown } from '../verdict/known.ts';
import type { ProgramRun } from './program-run.ts';

/** Whether an entry is about something that stays behind, and a step of the program was of the kind that leaves it. */
function leaves(entry: KnownDivergence, run: ProgramRun): boolean {
  const { history, target } = run;
  const applies = ({ step, situation, seen }: Event): boolean =>
    seen.is !== 'refused' &&
    applicable([entry], { step, situation, world: emptyWorld, identity: target.identity }).length > 0;
  return entry.seen.is === 'left' && history.events.some(applies);
}

/**
 * What is left beyond the known leaks of this program's steps, each of which is counted: as a hit where it
 * shows, as a miss where it does not.
 */
export function unknownLeaks(run: ProgramRun, left: readonly string[]): string[] {
  const { history, known } = run;
  const marks = known.filter((entry) => leaves(entry, run));
  for (const { id, ...mark } of marks) {
    const shows = left.some((line) => matchKnown({ id, ...mark }, { is: 'left', line }));
    const counts = shows ? history.known : history.missed;
    counts[id] = (counts[id] ?? 0) + 1;
  }
  return left.filter((line) => !marks.some((mark) => matchKnown(mark, { is: 'left', line })));
}
