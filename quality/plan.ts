import { catalogue, type DefectName } from '../reference/defects.ts';
import { isReachable, type Minimum, type Reachable } from './minima.ts';
import type { Options } from './options.ts';

type Entry = (typeof catalogue)[number];

/** A defect that is going to be hunted. */
export interface Planned {
  readonly defect: Entry;
  readonly minimum: Reachable;
}

/** What a scoreboard measures, and what it cannot. */
export interface Plan {
  readonly hunted: readonly Planned[];
  readonly unreachable: readonly { readonly name: DefectName; readonly why: string }[];
}

/** One that is asked for by name is hunted even when it is known to be out of reach: the file may be wrong. */
export const OUT_OF_REACH: Reachable = { class: 'deterministic', caught: { unexpected: 1 } };

/** The defects that were asked for, those that no program can show apart. */
export function planOf(
  options: Pick<Options, 'defects' | 'group'>,
  minima: ReadonlyMap<DefectName, Minimum>,
): Plan {
  const named = options.defects;
  const wanted = catalogue.filter(
    ({ name, group }) =>
      (named === null || named.includes(name)) && (options.group === null || group === options.group),
  );
  const hunted: Planned[] = [];
  const unreachable: Plan['unreachable'][number][] = [];
  for (const defect of wanted) {
    const minimum = minima.get(defect.name);
    if (!minimum) continue;
    if (isReachable(minimum)) hunted.push({ defect, minimum });
    else if (named !== null) hunted.push({ defect, minimum: OUT_OF_REACH });
    if (!isReachable(minimum)) unreachable.push({ name: defect.name, why: minimum.unreachable });
  }
  return { hunted, unreachable };
}
