import type { Random } from 'fast-check';
import type { World } from '../../model/world.ts';
import type { Op } from '../../program/step.ts';
import type { SearchSettings } from '../settings.ts';
import type { Offer } from './atlas.ts';
import type { Guidance } from './guide.ts';
import { placesIn, type Standing } from './places.ts';
import { discount, worthOf } from './plan.ts';

/** An offer in one of the places that a program is in. */
export interface Choice {
  readonly standing: Standing;
  readonly offer: Offer;
  readonly score: number;
}

const creating: ReadonlySet<Op> = new Set<Op>(['run', 'foreground', 'create']);

/** The best offers of all places that a program is in, the best first; which of equals comes first is chance. */
export function bestOffers(
  random: Random,
  guidance: Guidance,
  world: World,
  settings: SearchSettings,
  howMany: number,
): Choice[] {
  const { guide, novelty } = guidance;
  const worth = worthOf(guide.plan, novelty, settings);
  const living = Object.values(world.boxes).filter(({ status }) => status !== 'removed').length;
  const full = living >= settings.maxBoxes;
  const standings = placesIn(guide.atlas, world);
  const less = Array.from({ length: 8 }, (_, boots) => discount(boots, settings));
  const best: Choice[] = [];
  for (const standing of standings) {
    const elsewhere = standings
      .filter(({ box }) => box !== standing.box && !(box === null && full))
      .reduce((most, { number }) => Math.max(most, worth[number] as number), 0);
    for (const offer of standing.place.offers) {
      if (full && creating.has(offer.step.op)) continue;
      const gain = novelty[offer.cell] as number;
      const stays = offer.to === standing.number;
      const after = Math.max(elsewhere, (worth[offer.to] as number) - (stays ? gain : 0));
      const follows =
        standing.box === null || offer.refused ? 0 : guidance.pairNovelty(standing.box, offer.move);
      const score = (less[offer.boots] as number) * (settings.cellGain * gain + settings.pairGain * follows + after);
      const jitter = 1 + random.nextInt(0, 1000) * 1e-6;
      insert(best, { standing, offer, score: score * jitter }, howMany);
    }
  }
  return best;
}

function insert(best: Choice[], choice: Choice, howMany: number): void {
  if (best.length === howMany && (best.at(-1) as Choice).score >= choice.score) return;
  const at = best.findIndex(({ score }) => score < choice.score);
  best.splice(at < 0 ? best.length : at, 0, choice);
  if (best.length > howMany) best.pop();
}
