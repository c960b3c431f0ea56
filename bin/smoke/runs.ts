import { type History, hasFailed } from '../../program/history.ts';
import { isUsual } from '../../verdict/known.ts';
import type { Engine } from '../session/engine.ts';
import type { Planned } from './plan.ts';
import { type Ran, toldOf } from './told.ts';

/** A divergence that depends on timing, but shows more often than not, is given so many runs to show itself. */
const TIMING_RUNS = 2;

/**
 * Runs a program, or programs that share a box: what they do not tell there each tells in a box of its own. A failure
 * that no one of them has alone is theirs together.
 */
export async function runsOf(
  engine: Pick<Engine, 'run'>,
  planned: Planned,
  signal: AbortSignal,
): Promise<Ran[]> {
  const history = await untilShown(engine, planned, signal);
  const { parts } = planned;
  const isJudged = history.ending.is === 'passed' || hasFailed(history);
  if (!parts || !isJudged) return [{ planned, history }];
  const { told, untold } = toldOf(parts, history);
  const alone: Ran[] = [];
  for (const part of untold) alone.push({ planned: part, history: await untilShown(engine, part, signal) });
  const isExplained = !hasFailed(history) || alone.some((ran) => hasFailed(ran.history));
  return [...told, ...alone, ...(isExplained ? [] : [{ planned, history }])];
}

/** Runs a program; one whose mark depends on timing again, until it shows. */
async function untilShown(
  engine: Pick<Engine, 'run'>,
  { program, mark }: Planned,
  signal: AbortSignal,
): Promise<History> {
  const most = mark ? runsFor(mark) : 1;
  for (let attempt = 1; ; attempt++) {
    const history = await engine.run(program, signal);
    const shown = mark && (history.known[mark.id] ?? 0) > 0;
    if (attempt >= most || history.ending.is !== 'passed' || shown) return history;
  }
}

/** How often a counterexample is run for its mark: one that shows seldom most likely would not show a second time either. */
export const runsFor = (mark: NonNullable<Planned['mark']>): number =>
  !mark.always && isUsual(mark) ? TIMING_RUNS : 1;
