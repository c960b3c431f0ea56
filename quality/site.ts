import type { Op } from '../program/step.ts';
import { type Atlas, makeAtlas } from '../search/guide/atlas.ts';
import { defaultSettings } from '../search/settings.ts';
import type { Failure } from '../verdict/failure.ts';
import { surfaceOf } from '../verdict/surface-of.ts';
import { rules } from './bench.ts';

/** Where a failure shows: the step, over which surface, in what situation. */
export interface Site {
  readonly op: Op;
  readonly via: string;
  readonly situation: string;
}

/** The site of a failure; null for one that no step shows. */
export const siteOf = ({ step, situation }: Failure): Site | null =>
  step && { op: step.op, via: surfaceOf(step), situation };

/**
 * Steps of the shortest program that has such a step in such a situation at all. Shrinking keeps to the failure it
 * was given, so no shorter program can come out, however short another failure of the same defect is.
 */
export function fewestSteps({ op, via, situation }: Site): number {
  // What is said of an execution that nobody made is said by a box, which somebody must have made.
  if (situation === 'exec/never-made') return 2;
  const distances = distancesTo(op, via);
  const whole = distances.get(situation);
  if (whole !== undefined) return whole + 1;
  const each = new Set(situation.split(/\+(?!client)/u));
  return [...each].reduce((sum, one) => sum + (distances.get(one) ?? 0), 1);
}

/** By situation: steps before the verb can be tried there over the surface. */
function distancesTo(op: Op, via: string): ReadonlyMap<string, number> {
  places ??= placesAndDistances();
  const { atlas, distances } = places;
  const cells = [...atlas.cells.keys()].map((text) => text.split(' | '));
  const found = new Map<string, number>();
  atlas.places.forEach(({ offers }, number) => {
    for (const { cell } of offers) {
      const [verb, surface, situation = ''] = cells[cell] as string[];
      const before = distances[number] as number;
      if (verb === op && surface === via)
        found.set(situation, Math.min(before, found.get(situation) ?? before));
    }
  });
  return found;
}

let places: { atlas: Atlas; distances: readonly number[] } | null = null;

/** The atlas numbers places in the order in which it came to them, by one step each. */
function placesAndDistances(): { atlas: Atlas; distances: readonly number[] } {
  const surfaces = new Set(['cli', 'url', 'rest'] as const);
  const atlas = makeAtlas(rules, { surfaces, settings: defaultSettings });
  const distances: number[] = [0];
  atlas.places.forEach(({ offers }, number) => {
    for (const { to } of offers) distances[to] ??= (distances[number] as number) + 1;
  });
  return { atlas, distances };
}
