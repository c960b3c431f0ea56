import { classes, type Difference } from './difference.ts';
import type { Rate } from './observed.ts';

/** A difference of one program. */
export interface Sighting {
  readonly program: string;
  /** Length of that program: the shortest one makes the best example. */
  readonly steps: number;
  readonly difference: Difference;
}

/** Differences of one kind, with an example. */
export interface DifferenceGroup extends Omit<Difference, 'at' | 'seen' | 'rate'> {
  /** How often it was seen, and in how many programs. */
  readonly count: number;
  readonly programs: number;
  readonly example: Sighting;
  /** All runs of these programs together. */
  readonly rate?: Rate;
}

/** Groups differences by class, operation, surface, situation and what differs: worst and most frequent first. */
export function groupDifferences(sightings: readonly Sighting[]): DifferenceGroup[] {
  const groups = Map.groupBy(sightings, ({ difference }) => keyOf(difference));
  return [...groups.values()].map(groupOf).sort(byWeight);
}

const keyOf = ({ class: is, op, via, situation, what }: Difference): string =>
  JSON.stringify([is, op, via, situation, what]);

function groupOf(sightings: readonly Sighting[]): DifferenceGroup {
  const example = sightings.reduce((best, next) => (next.steps < best.steps ? next : best));
  const { class: is, op, via, situation, what } = example.difference;
  const programs = new Set(sightings.map(({ program }) => program)).size;
  const rate = rateOf(sightings);
  return {
    class: is,
    op,
    via,
    situation,
    what,
    count: sightings.length,
    programs,
    example,
    ...(rate && { rate }),
  };
}

function rateOf(sightings: readonly Sighting[]): Rate | null {
  const rates = sightings.flatMap(({ difference }) => difference.rate ?? []);
  if (rates.length === 0) return null;
  const sum = (key: keyof Rate): number => rates.reduce((total, rate) => total + rate[key], 0);
  return { same: sum('same'), runs: sum('runs') };
}

const byWeight = (a: DifferenceGroup, b: DifferenceGroup): number =>
  classes.indexOf(a.class) - classes.indexOf(b.class) ||
  b.count - a.count ||
  (keyOf(toDifference(a)) < keyOf(toDifference(b)) ? -1 : 1);

const toDifference = ({ example }: DifferenceGroup): Difference => example.difference;
