import type { Defect, Group, GroupTable } from './defect.ts';
import { attach } from './groups/attach.ts';
import { detach } from './groups/detach.ts';
import { exitCode } from './groups/exit-code.ts';
import { flaky } from './groups/flaky.ts';
import { leaks } from './groups/leaks.ts';
import { mounts } from './groups/mounts.ts';
import { output } from './groups/output.ts';
import { removal } from './groups/removal.ts';
import { state } from './groups/state.ts';
import { surfaces } from './groups/surfaces.ts';
import { timing } from './groups/timing.ts';

const tables = {
  output,
  'exit code': exitCode,
  detach,
  attach,
  mounts,
  'removal and names': removal,
  state,
  surfaces,
  leaks,
  flaky,
  timing,
} as const satisfies Record<Group, GroupTable>;

type Names<Tables> = Tables extends unknown ? keyof Tables & string : never;

/** Name of a seeded defect. */
export type DefectName = Names<(typeof tables)[Group]>;

/** All seeded defects. */
export const catalogue: readonly (Defect & { name: DefectName })[] = Object.entries(tables).flatMap(
  ([group, table]) =>
    Object.entries<GroupTable[string]>(table).map(([name, rest]) => ({
      name: name as DefectName,
      group: group as Group,
      ...rest,
    })),
);

/** The entry of a name; undefined for a name the catalogue does not have. */
export const defectNamed = (name: string): (typeof catalogue)[number] | undefined =>
  catalogue.find((entry) => entry.name === name);
