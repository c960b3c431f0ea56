import type { SearchSettings } from '../../generate/settings.ts';
import { type Cell, pairTexts } from './goal.ts';

/** Cells, and the pairs of verb, surface and state that each of them would cover, all by number. */
export interface Ground {
  readonly refused: readonly boolean[];
  /** By cell: its pairs. */
  readonly pairs: readonly (readonly number[])[];
  /** By pair: the cells it is in. */
  readonly cells: readonly (readonly number[])[];
}

/** Numbers the pairs of cells. */
export function groundOf(cells: readonly Cell[]): Ground {
  const numbers = new Map<string, number>();
  const holders: number[][] = [];
  const pairs = cells.map((cell, index) =>
    pairTexts(cell).map((text) => {
      const number = numbers.get(text) ?? numbers.size;
      numbers.set(text, number);
      const held = holders[number] ?? [];
      held.push(index);
      holders[number] = held;
      return number;
    }),
  );
  return { refused: cells.map(({ answer }) => answer === 'refused'), pairs, cells: holders };
}

type Gains = Pick<SearchSettings, 'missingPairGain' | 'refusedGain'>;

/** Tried twice as often, so many halvings less new. */
const SHARPNESS = 4;
/** How new something is beside what was tried least, from 0 to 1. */
export const newness = (count: number, least = 0): number => ((1 + least) / (1 + count)) ** SHARPNESS;
/** While cells were never tried, what was counts at least this much: the last few may be out of reach. */
const LEAST_SHARE = 0.02;

/** A pair that one cell alone can show counts 1; one that many can show will be shown anyhow. */
const scarcity = (cells: readonly number[]): number => 1 / Math.sqrt(cells.length);

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
    this.#pairCounts = ground.cells.map((cells) =>
      cells.reduce((sum, cell) => sum + (counts[cell] as number), 0),
    );
    this.#least = counts.reduce((least, count) => Math.min(least, count), Number.POSITIVE_INFINITY);
    this.#share = this.#least > 0 ? 1 : Math.max(LEAST_SHARE, this.untried());
    this.values = Float64Array.from(counts.keys(), (cell) => this.#valueOf(cell));
  }

  /** Share of cells that were never tried. */
  untried(): number {
    return this.#counts.filter((count) => count === 0).length / Math.max(1, this.#counts.length);
  }

  /** Takes up that a cell was tried. */
  add(cell: number): void {
    this.#counts[cell] = (this.#counts[cell] as number) + 1;
    this.values[cell] = this.#valueOf(cell);
    for (const pair of this.#ground.pairs[cell] as readonly number[]) {
      const before = this.#pairCounts[pair] as number;
      this.#pairCounts[pair] = before + 1;
      if (before > 0) continue;
      for (const other of this.#ground.cells[pair] as readonly number[])
        this.values[other] = this.#valueOf(other);
    }
  }

  #valueOf(cell: number): number {
    const count = this.#counts[cell] as number;
    const { missingPairGain, refusedGain } = this.#settings;
    const missing = (this.#ground.pairs[cell] as readonly number[])
      .filter((pair) => this.#pairCounts[pair] === 0)
      .reduce((sum, pair) => sum + scarcity(this.#ground.cells[pair] as readonly number[]), 0);
    const own = newness(count, this.#least) * (count > this.#least ? this.#share : 1);
    return (own + missingPairGain * missing) * (this.#ground.refused[cell] ? refusedGain : 1);
  }
}
