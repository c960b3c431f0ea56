import type { History } from '../../program/history.ts';
import { isUsual } from '../../verdict/known.ts';
import type { Planned } from './plan.ts';

/** A program and a run of it. */
export interface Ran {
  readonly planned: Planned;
  readonly history: History;
}

/**
 * Tells what became of programs that shared a box, each as if it had been run alone: of those that passed there, and
 * showed what they must. All others are `untold`, and want a box of their own. Pure.
 */
export function toldOf(parts: readonly Planned[], history: History): { told: Ran[]; untold: Planned[] } {
  if (!isWhole(parts, history)) return { told: [], untold: [...parts] };
  const told = parts.filter((planned) => hasShown(planned, history));
  const untold = parts.filter((planned) => !told.includes(planned));
  const [first, ...others] = told.map((planned) => ({ planned, history: partOf(planned, parts, history) }));
  if (!first) return { told: [], untold };
  // The box itself and what comes after the last step is all of theirs: it is counted once.
  const taken = new Set(others.flatMap((ran) => ran.history.events));
  const takenMs = others.reduce((sum, ran) => sum + ran.history.totalMs, 0);
  const { boxes, missed, undecided } = history;
  const rest = {
    ...{ boxes, missed, ...(undecided && { undecided }) },
    events: history.events.filter((event) => !taken.has(event)),
    totalMs: history.totalMs - takenMs,
  };
  return { told: [{ ...first, history: { ...first.history, ...rest } }, ...others], untold };
}

/** Whether all was run and judged, and no divergence showed but those that are the programs' own. */
function isWhole(parts: readonly Planned[], { ending, cutShort, known }: History): boolean {
  const own = new Set(parts.flatMap(idsOf));
  return ending.is === 'passed' && cutShort === 0 && Object.keys(known).every((id) => own.has(id));
}

const idsOf = ({ mark }: Planned): readonly string[] => (mark ? [mark.id, ...(mark.needs ?? [])] : []);

/** One that shows seldom would most likely not show in a box of its own either. */
const hasShown = ({ mark }: Planned, { known }: History): boolean =>
  !mark || (known[mark.id] ?? 0) > 0 || (!mark.always && !isUsual(mark));

/** What is of one program alone: its steps but the one that makes the box, and its marks. */
function partOf(planned: Planned, parts: readonly Planned[], history: History): History {
  const { program } = planned;
  const before = parts.slice(0, parts.indexOf(planned));
  const begin = before.reduce((sum, one) => sum + one.program.steps.length - 1, 1);
  const end = begin + program.steps.length - 1;
  const events = history.events.filter(({ index }) => index >= begin && index < end);
  const totalMs = events.reduce((sum, { runtimeMs, harnessMs }) => sum + runtimeMs + harnessMs, 0);
  const known = Object.fromEntries(
    Object.entries(history.known).filter(([id]) => idsOf(planned).includes(id)),
  );
  const { undecided: _, ...shared } = history;
  return { ...shared, program, events, known, totalMs, missed: {}, boxes: 0 };
}
