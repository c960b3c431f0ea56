import type { Random } from 'fast-check';
import { verbs } from '../../../commands/index.ts';
import type { SearchSettings } from '../../generate/settings.ts';
import type { PossibleWorlds } from '../../worlds/possible-worlds.ts';
import type { Guidance } from './guide.ts';
import { placesIn, type Standing } from './places.ts';
import { discount, worthOf } from './plan.ts';
import { creates, type Transition } from './state-graph.ts';

/** An offer in one of the places that a program is in. */
export interface Choice {
  readonly standing: Standing;
  readonly offer: Transition;
  readonly score: number;
}

/**
 * The best offers of all places that a program is in, the best first; which of equals comes first is chance.
 * Null where beginning anew is worth more, because there is no room for another box.
 */
export function bestOffers(
  random: Random,
  guidance: Guidance,
  worlds: PossibleWorlds,
  settings: SearchSettings,
  howMany: number,
): Choice[] | null {
  const { guide } = guidance;
  const novelty = guidance.novelty.values;
  const living = Object.values(worlds[0].boxes).filter(({ status }) => status !== 'removed').length;
  const full = living >= settings.maxBoxes;
  const roomy = worthOf(guide.plan, novelty, settings);
  const worth = full ? worthOf(guide.fullPlan, novelty, settings) : roomy;
  const afresh = full ? (roomy[0] as number) : 0;
  const standings = placesIn(guide.graph, worlds);
  const less = Array.from({ length: 8 }, (_, boots) => discount(boots, settings));
  const best: Choice[] = [];
  for (const standing of standings) {
    const others = standings.filter(({ box }) => box !== standing.box);
    const bestOf = (values: Float64Array): number =>
      others.reduce((most, { number }) => Math.max(most, values[number] as number), 0);
    const elsewhere = bestOf(worth);
    const withRoom = bestOf(roomy);
    for (const offer of standing.place.offers) {
      if (full && creates(offer.step)) continue;
      const gain = novelty[offer.goal] as number;
      const stays = offer.to === standing.number;
      const removes = verbs[offer.step.op].effect === 'removes' && !stays;
      const cost = less[offer.boots] as number;
      // Who creates a box can create another one, now or in the next program.
      const kept = stays || creates(offer.step) ? restOf(worth[standing.number] as number, gain, cost) : 0;
      const there = stays ? 0 : (worth[offer.to] as number);
      const after = Math.max(removes ? withRoom : elsewhere, there, kept);
      const follows =
        standing.box === null || offer.refused ? 0 : guidance.pairNovelty(standing.box, offer.move);
      const score = cost * (settings.cellGain * gain + settings.pairGain * follows + after);
      const jitter = 1 + random.nextInt(0, 1000) * 1e-6;
      insert(best, { standing, offer, score: score * jitter }, howMany);
    }
  }
  const enough = (best[0]?.score ?? 0) >= afresh;
  return enough ? best : null;
}

/**
 * What a place is worth at least without a cell that was worth its cost there; the same as before without one that
 * was not.
 */
const restOf = (worth: number, gain: number, cost: number): number =>
  Math.min(worth, Math.max(0, worth / cost - gain));

function insert(best: Choice[], choice: Choice, howMany: number): void {
  if (best.length === howMany && (best.at(-1) as Choice).score >= choice.score) return;
  const at = best.findIndex(({ score }) => score < choice.score);
  best.splice(at < 0 ? best.length : at, 0, choice);
  if (best.length > howMany) best.pop();
}
