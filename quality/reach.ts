import type { DefectName } from '../reference/defects.ts';

/** What one program came past on the clean runtime. */
export interface Visit {
  /** Steps it executed. */
  readonly steps: number;
  /** Sites of defects; null when its run says nothing, and it may show any of them. */
  readonly sites: readonly string[] | null;
}

/** The visit of a program of a seed. */
export interface Scouted extends Visit {
  readonly seed: number;
  readonly index: number;
}

/**
 * The programs of one seed for one defect, in order: the steps of those that never come to its site, null for
 * those that do. Where the list ends nothing is known.
 */
export type Reach = readonly (number | null)[];

/** Everything that may be skipped is skipped only on proof. */
export const noReach: Reach = [];

/**
 * Whether a program is worth running against a defect. One that never comes to the site of a
 * defect does with it exactly what it does without, so it passes: running it would prove nothing.
 */
export function mayShow(defect: DefectName, { sites }: Visit): boolean {
  return sites === null || sites.includes(defect);
}

/** The programs of a seed in order, as {@link mayShow} tells; up to the first that was not looked at. */
export function reachOf(scouted: readonly Scouted[], defect: DefectName, seed: number): Reach {
  const own = new Map(scouted.filter((one) => one.seed === seed).map((one) => [one.index, one]));
  const reach: (number | null)[] = [];
  for (let index = 0; ; index++) {
    const one = own.get(index);
    if (!one) return reach;
    reach.push(mayShow(defect, one) ? null : one.steps);
  }
}
