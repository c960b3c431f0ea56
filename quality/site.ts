import { everySurface, rules } from '../bench/harness/reference.ts';
import { surfaceOf } from '../model/refers.ts';
import type { Failure } from '../program/failure.ts';
import type { Op } from '../program/step.ts';
import { goalOfText } from '../search/coverage/guide/goal.ts';
import { makeStateGraph } from '../search/coverage/guide/state-graph.ts';
import { defaultSettings } from '../search/generate/settings.ts';

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
export function stepsTo({ op, via, situation }: Site): number {
  // What is said of an execution that nobody made is said by a box, which somebody must have made.
  if (situation === 'exec/never-made') return 2;
  ways ??= waysThere();
  const before = (each: string): number | undefined => ways?.get(siteText({ op, via, situation: each }));
  const whole = before(situation);
  if (whole !== undefined) return whole + 1;
  const each = new Set(situation.split(/\+(?!client)/u));
  return [...each].reduce((sum, one) => sum + (before(one) ?? 0), 1);
}

const siteText = ({ op, via, situation }: { op: string; via: string; situation: string }): string =>
  [op, via, situation].join(' | ');

let ways: ReadonlyMap<string, number> | null = null;

/** By site: steps before it. The graph numbers states in the order in which it came to them, by one step each. */
function waysThere(): ReadonlyMap<string, number> {
  const graph = makeStateGraph(rules, { surfaces: new Set(everySurface), settings: defaultSettings });
  const sites = [...graph.goals.keys()].map((text) => siteText(goalOfText(text)));
  const distances: number[] = [0];
  const found = new Map<string, number>();
  graph.states.forEach(({ transitions }, number) => {
    const here = distances[number] as number;
    for (const { to, goal } of transitions) {
      distances[to] ??= here + 1;
      const site = sites[goal] as string;
      found.set(site, Math.min(here, found.get(site) ?? here));
    }
  });
  return found;
}
