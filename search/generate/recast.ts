import type { Random } from 'fast-check';
import { verbs } from '../../commands/index.ts';
import { isClientSdk, isSdk, type Sdk } from '../../domain/surface.ts';
import type { Step, Surface } from '../../program/step.ts';
import { type PossibleWorlds, worldsAfter } from '../worlds/possible-worlds.ts';
import type { Rules } from '../worlds/rules.ts';
import { chance } from './chance.ts';
import type { Drawn } from './draw-step.ts';

/** What a step is recast in. */
interface Recasting {
  readonly rules: Rules;
  readonly surfaces: ReadonlySet<Surface>;
  readonly worlds: PossibleWorlds;
  /** Chance that one that can be is. */
  readonly share: number;
}

/**
 * Gives a step to an SDK, if the target has one, the verb can be asked so, and the answer is predicted in every world
 * the program may be in. Drawn is for the other surfaces: without an SDK the same programs are drawn as ever.
 */
export function recast(random: Random, { rules, surfaces, worlds, share }: Recasting, drawn: Drawn): Drawn {
  const verb = verbs[drawn.step.op];
  const sdks = verb.surfaces.filter((via): via is Sdk => isClientSdk(via) && surfaces.has(via));
  const via = 'via' in drawn.step ? drawn.step.via : undefined;
  if (sdks.length === 0 || via === 'cli' || isSdk(via)) return drawn;
  // One that is held is asked by who holds it, and rather so: only that one can.
  const holder = 'exec' in drawn.step ? worlds[0].execs[drawn.step.exec]?.held?.via : undefined;
  const held = sdks.find((each) => each === holder);
  if (!chance(random, held ? Math.sqrt(share) : share)) return drawn;
  const chosen = held ?? sdks[random.nextInt(0, sdks.length - 1)];
  const step = { ...drawn.step, via: chosen } as Step;
  const next = worldsAfter(rules, worlds, step, 'every');
  return next ? { step, worlds: next } : drawn;
}
