import { isDeepStrictEqual } from 'node:util';
import type { Event, History } from '../../program/history.ts';
import type { Program } from '../../program/program.ts';
import { describeExpect } from './expect.ts';
import { describeObservation } from './observation.ts';
import { describeStep } from './step.ts';

/** A trace for people: each step with what was predicted and what was seen. */
export const traceLines = ({ events, program }: Pick<History, 'events' | 'program'>): string[] =>
  events.flatMap((event) => eventLines(event, program));

/** The number of a step, from 1; `look` for a list that boxcheck itself took after a step. */
export const eventNumber = (event: Event, { steps }: Program): string =>
  isDeepStrictEqual(event.step, steps[event.index]) ? `${event.index + 1}.` : 'look';

/** One step of it. */
export function eventLines(event: Event, program: Program): string[] {
  const number = eventNumber(event, program);
  const [first, ...others] = event.allowed;
  const predicted = first ? `${first.label}: ${describeExpect(first.expect)}` : 'nothing';
  const more = others.length > 0 ? ` (or ${others.map(({ label }) => label).join(', ')})` : '';
  return [
    `${number.padStart(4)} ${describeStep(event.step)}   [${event.situation}, ${Math.round(event.runtimeMs)} ms]`,
    `       predicted ${predicted}${more}`,
    `       seen      ${describeObservation(event.seen)}${event.matched === null ? '   <-- UNEXPECTED' : matchedNote(event)}`,
  ];
}

/** Worth a word only when it is not the usual outcome. */
const matchedNote = ({ matched, allowed }: Event): string =>
  matched === allowed[0]?.label ? '' : `   (${matched})`;
