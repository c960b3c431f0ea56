import groups from './defects/catalogue.json' with { type: 'json' };

type Groups = typeof groups;
type Names<Table> = Table extends unknown ? keyof Table & string : never;

/** What a seeded defect is about; every group has several. */
export type Group = keyof Groups;

/** Name of a seeded defect. */
export type DefectName = Names<Groups[Group]>;

/** One way in which this runtime can be made to break the contract. */
interface Defect {
  /** What a user would see, in kebab-case. */
  name: DefectName;
  group: Group;
  /** Upstream issue or section of the contract. */
  source: string;
  /** What goes wrong, in one sentence. */
  what: string;
  /** How often it shows when it is switched on without a probability; always, if absent. */
  chance?: number;
}

type Table = Record<string, Omit<Defect, 'name' | 'group'>>;

/** All seeded defects: the data of `defects/catalogue.json`, by group and name. */
export const catalogue: readonly Defect[] = Object.entries<Table>(groups).flatMap(([group, table]) =>
  Object.entries(table).map(([name, rest]) => ({
    name: name as DefectName,
    group: group as Group,
    ...rest,
  })),
);
