import type { Outcome } from '../../model/outcome.ts';
import type { World } from '../../model/world.ts';
import type { Step } from '../../program/step.ts';
import { boxesAbout, counts, keyAt, type Level } from './about.ts';
import { addLast, type Grams } from './grams.ts';

/**
 * Follows the boxes of one program. A step that changes nothing because it is refused is no part of a box's
 * sequence, and does not break one.
 */
export class Tracker {
  readonly #level: Level;
  readonly #grams: Grams;
  readonly #sequences = new Map<string, string[]>();

  constructor(level: Level, grams: Grams) {
    this.#level = level;
    this.#grams = grams;
  }

  /** A step is taken in this world, with this outcome. */
  take(world: World, step: Step, outcome: Outcome): void {
    for (const box of boxesAbout(world, step)) {
      if (!counts(world, step, box, outcome)) continue;
      const key = keyAt(this.#level, world, step, box);
      if (key === null) continue;
      const sequence = this.#sequences.get(box) ?? [];
      sequence.push(key);
      this.#sequences.set(box, sequence);
      addLast(this.#grams, sequence);
    }
  }
}
