import { situationOf } from '../../commands/index.ts';
import type { Identity } from '../../domain/identity.ts';
import { applicable, branchesAhead, concerns, type KnownDivergence } from '../../verdict/known.ts';
import type { Rules } from './rules.ts';

/**
 * Where known divergences lead on a target: programs are drawn for the worlds that will really come, not for
 * those the contract promises, so that what follows a divergence is still worth running.
 */
export function divergenceOutcomesOf(
  known: readonly KnownDivergence[],
  identity: Pick<Identity, 'target' | 'version'>,
): NonNullable<Rules['divergenceOutcomes']> {
  // Asked a hundred thousand times: which of them are of this runtime and verb is looked up.
  const byOp = new Map<string, KnownDivergence[]>();
  return (world, step, prediction) => {
    const { op } = step;
    const about = byOp.get(op) ?? known.filter((entry) => concerns(entry, step, identity));
    byOp.set(op, about);
    const situation = situationOf(world, step);
    const marks = applicable(about, { step, situation, world, identity });
    if (marks.length === 0) return prediction.outcomes.map(({ next }) => next);
    const place = { possible: { world, assumes: [] }, step, at: 0, situation, prediction, marks };
    return branchesAhead(place).map((branch) => branch.world);
  };
}
