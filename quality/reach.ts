import type { DefectName } from '../reference/defects.ts';

/** What a program of a seed came past on the clean runtime. */
export interface Scouted {
  readonly seed: number;
  readonly index: number;
  /** Steps it executed. */
  readonly steps: number;
  /** Sites of defects; null when its run says nothing, and it may show any of them. */
  readonly sites: readonly string[] | null;
}

/**
 * The programs of one seed for one defect, in order: the steps of those that never come to its site, null for
 * those that do. Where the list ends nothing is known.
 */
export type Reach = readonly (number | null)[];

/**
 * The programs of a seed in order, up to the first that was not looked at. One that never comes to the site of a
 * defect does with it exactly what it does without, so it passes: running it would prove nothing.
 */
export function reachOf(scouted: readonly Scouted[], defect: DefectName, seed: number): Reach {
  const own = new Map(scouted.filter((one) => one.seed === seed).map((one) => [one.index, one]));
  const reach: (number | null)[] = [];
  for (let index = 0; ; index++) {
    const one = own.get(index);
    if (!one) return reach;
    reach.push(one.sites === null || one.sites.includes(defect) ? null : one.steps);
  }
}
