import type { Event, History } from './history.ts';

/**
 * The events of a program's own steps. Oracles add events of their own (a look at the boxes after a refusal or
 * at the end); they carry the index of the step they follow, or one past the last.
 */
export function ownEvents({ events, program }: Pick<History, 'events' | 'program'>): Event[] {
  const seen = new Set<number>();
  return events.filter(({ index }) => {
    if (index >= program.steps.length || seen.has(index)) return false;
    seen.add(index);
    return true;
  });
}
