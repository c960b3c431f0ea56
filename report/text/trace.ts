import type { Event } from '../../run/history.ts';
import { describeExpect } from './expect.ts';
import { describeSeen } from './seen.ts';
import { describeStep } from './step.ts';

/** A trace for people: each step with what was predicted and what was seen. */
export const traceLines = (events: readonly Event[]): string[] => events.flatMap(eventLines);

function eventLines(event: Event): string[] {
  const [first, ...others] = event.allowed;
  const predicted = first ? `${first.label}: ${describeExpect(first.expect)}` : 'nothing';
  const more = others.length > 0 ? ` (or ${others.map(({ label }) => label).join(', ')})` : '';
  return [
    `${String(event.index + 1).padStart(3)}. ${describeStep(event.step)}   [${event.situation}, ${Math.round(event.runtimeMs)} ms]`,
    `       predicted ${predicted}${more}`,
    `       seen      ${describeSeen(event.seen)}${event.matched === null ? '   <-- UNEXPECTED' : matchedNote(event)}`,
  ];
}

/** Worth a word only when it is not the usual outcome. */
const matchedNote = ({ matched, allowed }: Event): string => (matched === allowed[0]?.label ? '' : `   (${matched})`);
