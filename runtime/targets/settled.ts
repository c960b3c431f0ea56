import { lookUntil } from '../machine/until.ts';
import { type Baseline, nothingBeyond } from '../ports/target.ts';

/** What a target's `baseline` gives: one look without `settled`, else looks until nothing is beyond it or time is up. */
export const settledBaseline = (
  look: () => Baseline | Promise<Baseline>,
  settled: Baseline | undefined,
  deadlineMs: number,
): Promise<Baseline> =>
  lookUntil(
    look,
    (now) => settled === undefined || nothingBeyond(now, settled),
    settled === undefined ? 0 : deadlineMs,
  );
