import type { Rate } from '../rate.ts';
import { classes, type Difference } from './difference.ts';

/** A difference of one program. */
export interface Sighting {
  readonly program: string;
  /** Length of that program: the shortest one makes the best example. */
  readonly steps: number;
  readonly difference: Difference;
}

/** Differences of one kind, with an example. */
export interface DifferenceGroup extends Omit<Difference, 'at' | 'seen'> {
  /** How often it was seen, and in how many programs. */
  readonly count: number;
  readonly programs: number;
  readonly example: Sighting;
}

/** Groups differences by class, operation, surface, situation and what differs: worst and most frequent first. */
export function groupDifferences(sightings: readonly Sighting[]): DifferenceGroup[] {
  const groups = [...Map.groupBy(sightings, keyOf)].sort(([a], [b]) => (a < b ? -1 : 1));
  return groups
    .map(([, own]) => groupOf(own))
    .sort((a, b) => classes.indexOf(a.class) - classes.indexOf(b.class) || b.count - a.count);
}

const keyOf = ({ difference: { class: is, op, via, situation, what } }: Sighting): string =>
  JSON.stringify([is, op, via, situation, what]);

function groupOf(sightings: readonly Sighting[]): DifferenceGroup {
  const example = sightings.reduce((best, next) => (next.steps < best.steps ? next : best));
  const { at: _at, seen: _seen, rate: _rate, ...kind } = example.difference;
  const programs = new Set(sightings.map(({ program }) => program)).size;
  const rates = sightings.flatMap(({ difference }) => difference.rate ?? []);
  const sum = (key: keyof Rate): number => rates.reduce((all, rate) => all + rate[key], 0);
  const rate = rates.length > 0 && { rate: { same: sum('same'), runs: sum('runs') } };
  return { ...kind, count: sightings.length, programs, example, ...rate };
}
