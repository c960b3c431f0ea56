import type { PossibleWorlds } from '../../worlds/possible-worlds.ts';
import type { Guide } from './guide.ts';
import type { Novelty } from './novelty.ts';
import { type Standing, standingsIn } from './standings.ts';
import type { Transition } from './state-graph.ts';
import { discounts, worthOf } from './worth.ts';

/** A transition of one of the states that a program is in. */
export interface Choice {
  readonly standing: Standing;
  readonly transition: Transition;
  readonly score: number;
}

/** What a goal counts when it can be taken at once; the same later on the way counts 1. */
const AT_ONCE = 1.5;

/**
 * Gives the best transitions of all states that a program is in, the best first. Null where beginning anew is worth
 * more, because there is no room for another box.
 */
export function bestTransitions(
  guide: Guide,
  { values }: Novelty,
  worlds: PossibleWorlds,
  maxBoxes: number,
  howMany: number,
): Choice[] | null {
  const living = Object.values(worlds[0].boxes).filter(({ status }) => status !== 'removed').length;
  const full = living >= maxBoxes;
  const roomy = worthOf(guide.plan, values);
  const worth = full ? worthOf(guide.fullPlan, values) : roomy;
  const standings = standingsIn(guide.graph, worlds);
  const choices = standings.flatMap((standing): Choice[] => {
    const others = standings.filter(({ box }) => box !== standing.box);
    const bestElsewhere = (worths: Float64Array): number =>
      Math.max(0, ...others.map(({ number }) => worths[number] as number));
    const elsewhere = bestElsewhere(worth);
    const withRoom = bestElsewhere(roomy);
    return standing.state.transitions.flatMap((transition) => {
      if (full && transition.creates) return [];
      const { goal, to, boots, removes, creates } = transition;
      const gain = values[goal] as number;
      const stays = to === standing.number;
      const there = stays ? 0 : (worth[to] as number);
      // Who creates a box can create another one, now or in the next program.
      const kept = stays || creates ? Math.max(0, (worth[standing.number] as number) - gain) : 0;
      const after = Math.max(removes ? withRoom : elsewhere, there, kept);
      return [{ standing, transition, score: (discounts[boots] as number) * (AT_ONCE * gain + after) }];
    });
  });
  choices.sort((a, b) => b.score - a.score);
  const afresh = full ? (roomy[0] as number) : 0;
  return (choices[0]?.score ?? 0) >= afresh ? choices.slice(0, howMany) : null;
}
