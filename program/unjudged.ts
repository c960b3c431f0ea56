import { counted } from '../domain/counted.ts';
import type { History } from './history.ts';

/** What a run that passed says nothing of, in words; null: of nothing. */
export function unjudgedText({ ending, events, cutShort, cutBy, program }: History): string | null {
  const { length } = program.steps;
  if (ending.is !== 'passed' || (cutShort === 0 && length > 0)) return null;
  if (length === 0) return 'the program has no steps';
  const which =
    events.length === 0
      ? 'no step was judged'
      : `${cutShort} of ${counted(length, 'step')} were not judged${numbersOf(leftOut({ events, program }))}`;
  return `${which}: ${cutBy ?? 'the contract says nothing of the world they were in'}`;
}

/** Numbers of the steps that were not run, or not judged, from 1. */
const leftOut = ({ events, program }: Pick<History, 'events' | 'program'>): number[] => {
  const ran = new Set(events.map(({ index }) => index));
  return program.steps.flatMap((_, index) => (ran.has(index) ? [] : [index + 1]));
};

/** So many are named; more would hide what is said behind them. */
const MOST_NUMBERS = 8;

const numbersOf = (numbers: readonly number[]): string => {
  if (numbers.length === 0) return '';
  return ` (${numbers.slice(0, MOST_NUMBERS).join(', ')}${numbers.length > MOST_NUMBERS ? ', …' : ''})`;
};
