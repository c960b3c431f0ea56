import { type Prediction, refuse } from '../outcome.ts';
import type { Profile } from '../profile.ts';
import type { World } from '../world.ts';

/** A wrong command line: exit 2 with the usage, and nothing done (contract 1.1). Older releases take some of them. */
export const predictMisuse = (
  world: World,
  { how, verb }: { readonly how: string; readonly verb: string },
  { deadlines }: Profile,
): Prediction | null => {
  const wasTaken = how === 'flags-that-exclude-each-other' || (how === 'nothing-named' && verb === 'inspect');
  return wasTaken && !deadlines ? null : refuse('usage', world);
};
