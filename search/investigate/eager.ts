import type { Program } from '../../program/program.ts';
import { defaultReruns, noReruns, type Tally, withRerun } from '../../verdict/classify.ts';
import type { Reproduction } from '../shrink/driver.ts';
import type { Look, ShrinkBudget } from './look.ts';

/**
 * Candidates in a row that do not fail before the simplest program so far is run again: it may be that its failure does
 * not always show. Fewer while nothing has failed twice, and twice as many each time after that, for re-runs of what is
 * made simpler afterwards are lost for its classification.
 */
const FIRST_DOUBT = 3;
const NEXT_DOUBT = 6;
/** Share of the time that is kept for the re-runs that classify what comes out, at most. */
const KEPT_SHARE = 0.5;

/**
 * Shrinks as if the failure were deterministic, as most are: one run a candidate, and one that fails is proof enough to
 * go on from. It ends once the simplest program does not fail again where it did.
 * @returns the re-runs of the simplest program so far, for its classification
 */
export async function shrinkEagerly(look: Look, budget: ShrinkBudget): Promise<Tally> {
  const { now } = look;
  const [run, rerun] = [look.run('shrink'), look.run('rerun')];
  const endMs = now() + budget.seconds * 1000;
  let reruns = noReruns;
  let misses = 0;
  let doubtAt = FIRST_DOUBT;
  /** Milliseconds that a run of the simplest program takes. */
  let runMs = look.smallest().totalMs;
  let lastMs = runMs;

  const isLate = (): boolean => {
    const wantedMs = (look.options.reruns?.confirm ?? defaultReruns.confirm) * runMs;
    return endMs - now() < Math.min(wantedMs, KEPT_SHARE * budget.seconds * 1000);
  };

  /** Whether the simplest program fails once more as it did. */
  async function isHeld(): Promise<boolean> {
    const { program, ending } = look.smallest();
    const again = await rerun(program);
    if (again.ending.is === 'infrastructure' || again.ending.is === 'interrupted') return false;
    reruns = withRerun(reruns, again.ending, ending.failure);
    return reruns.here === reruns.runs;
  }

  async function reproduce(program: Program): Promise<Reproduction> {
    if (isLate()) return 'stop';
    const begunMs = now();
    const history = await run(program);
    lastMs = now() - begunMs;
    if (history.ending.is === 'infrastructure') return 'stop';
    if (look.isWanted(history)) return history.ending.failure;
    misses++;
    if (misses < doubtAt) return null;
    doubtAt *= 2;
    return (await isHeld()) ? null : 'stop';
  }

  await look.shrink(reproduce, budget, () => {
    [reruns, misses, doubtAt, runMs] = [noReruns, 0, NEXT_DOUBT, lastMs];
  });
  return reruns;
}
