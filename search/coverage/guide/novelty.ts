import type { SearchSettings } from '../../generate/settings.ts';
import { type CoverageGoal, pairTexts } from './goal.ts';

/** Cells, and the pairs of verb, surface and state that each of them would cover, all by number. */
export interface Ground {
  readonly refused: readonly boolean[];
  /** By cell: its pairs. */
  readonly pairs: readonly (readonly number[])[];
  /** By pair: the cells it is in. */
  readonly goals: readonly (readonly number[])[];
}

/** Numbers the pairs of cells. */
export function groundOf(goals: readonly CoverageGoal[]): Ground {
  const numbers = new Map<string, number>();
  const holders: number[][] = [];
  const pairs = goals.map((goal, index) =>
    pairTexts(goal).map((text) => {
      const number = numbers.get(text) ?? numbers.size;
      numbers.set(text, number);
      const held = holders[number] ?? [];
      held.push(index);
      holders[number] = held;
      return number;
    }),
  );
  return { refused: goals.map(({ answer }) => answer === 'refused'), pairs, goals: holders };
}

type Gains = Pick<SearchSettings, 'missingPairGain' | 'refusedGain'>;

/** Tried twice as often, so many halvings less new. */
const SHARPNESS = 4;
/** How new something is beside what was tried least, from 0 to 1. */
export const newness = (count: number, least = 0): number => ((1 + least) / (1 + count)) ** SHARPNESS;
/** While cells were never tried, what was counts at least this much: the last few may be out of reach. */
const LEAST_SHARE = 0.02;

/** A pair that one cell alone can show counts 1; one that many can show will be shown anyhow. */
const scarcity = (goals: readonly number[]): number => 1 / Math.sqrt(goals.length);

/** How new each cell is: as one never tried, for the pairs that nothing has shown yet, and as legal or refused. */
export class Novelty {
  /** By cell. */
  readonly values: Float64Array;
  readonly #ground: Ground;
  readonly #settings: Gains;
  readonly #counts: number[];
  readonly #pairCounts: number[];
  readonly #least: number;
  /** What all that was tried counts beside what never was. */
  readonly #share: number;

  constructor(ground: Ground, counts: readonly number[], settings: Gains) {
    this.#ground = ground;
    this.#settings = settings;
    this.#counts = [...counts];
    this.#pairCounts = ground.goals.map((goals) =>
      goals.reduce((sum, goal) => sum + (counts[goal] as number), 0),
    );
    this.#least = counts.reduce((least, count) => Math.min(least, count), Number.POSITIVE_INFINITY);
    this.#share = this.#least > 0 ? 1 : Math.max(LEAST_SHARE, this.untried());
    this.values = Float64Array.from(counts.keys(), (goal) => this.#valueOf(goal));
  }

  /** Share of cells that were never tried. */
  untried(): number {
    return this.#counts.filter((count) => count === 0).length / Math.max(1, this.#counts.length);
  }

  /** Takes up that a cell was tried. */
  add(goal: number): void {
    this.#counts[goal] = (this.#counts[goal] as number) + 1;
    this.values[goal] = this.#valueOf(goal);
    for (const pair of this.#ground.pairs[goal] as readonly number[]) {
      const before = this.#pairCounts[pair] as number;
      this.#pairCounts[pair] = before + 1;
      if (before > 0) continue;
      for (const other of this.#ground.goals[pair] as readonly number[])
        this.values[other] = this.#valueOf(other);
    }
  }

  #valueOf(goal: number): number {
    const count = this.#counts[goal] as number;
    const { missingPairGain, refusedGain } = this.#settings;
    const missing = (this.#ground.pairs[goal] as readonly number[])
      .filter((pair) => this.#pairCounts[pair] === 0)
      .reduce((sum, pair) => sum + scarcity(this.#ground.goals[pair] as readonly number[]), 0);
    const own = newness(count, this.#least) * (count > this.#least ? this.#share : 1);
    return (own + missingPairGain * missing) * (this.#ground.refused[goal] ? refusedGain : 1);
  }
}
