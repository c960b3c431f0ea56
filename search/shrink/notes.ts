import { canonicalSteps } from '../../program/canonical.ts';
import type { Failure } from '../../program/failure.ts';
import type { Step } from '../../program/step.ts';

/** Failures kept at the same time; the oldest go first. */
const LIMIT = 1000;

/**
 * How programs were seen to fail. fast-check tells a shrinker only that a program failed; who runs it writes
 * here where and how, and the shrinker cuts accordingly.
 */
export class FailureNotes {
  readonly #byProgram = new Map<string, Failure>();

  /** A program with these steps failed in this way. */
  note(steps: readonly Step[], failure: Failure): void {
    const oldest = this.#byProgram.keys().next();
    if (this.#byProgram.size >= LIMIT && !oldest.done) this.#byProgram.delete(oldest.value);
    this.#byProgram.set(canonicalSteps(steps), failure);
  }

  /** How these steps failed last; null when nobody has said. */
  of(steps: readonly Step[]): Failure | null {
    return this.#byProgram.get(canonicalSteps(steps)) ?? null;
  }
}
