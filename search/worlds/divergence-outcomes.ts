import { situationOf } from '../../commands/index.ts';
import type { Identity } from '../../domain/identity.ts';
import { applicable, type KnownDivergence, worldAfter } from '../../verdict/known.ts';
import type { Rules } from './rules.ts';

/**
 * Where known divergences lead on a target: programs are drawn for the worlds that will really come, not for
 * those the contract promises, so that what follows a divergence is still worth running.
 */
export function divergenceOutcomesOf(
  known: readonly KnownDivergence[],
  identity: Pick<Identity, 'target' | 'version'>,
): NonNullable<Rules['divergenceOutcomes']> {
  return (world, step, prediction) => {
    const entries = applicable(known, { step, situation: situationOf(world, step), world, identity });
    const worlds = entries.flatMap((entry) => worldAfter(entry, world, step, prediction) ?? []);
    // Two entries for one place are alternatives of each other.
    return { worlds, certain: entries.some((entry) => entry.always) };
  };
}
