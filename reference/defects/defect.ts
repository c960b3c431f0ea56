/** What a seeded defect is about; every group has several. */
export type Group =
  | 'output'
  | 'exit code'
  | 'detach'
  | 'attach'
  | 'mounts'
  | 'removal and names'
  | 'state'
  | 'surfaces'
  | 'leaks'
  | 'flaky'
  | 'timing';

/** One way in which this runtime can be made to break the contract. */
export interface Defect {
  /** What a user would see, in kebab-case. */
  name: string;
  group: Group;
  /** Upstream issue or section of the contract. */
  source: string;
  /** What goes wrong, in one sentence. */
  what: string;
  /** How often it shows when it is switched on without a probability; always, if absent. */
  chance?: number;
}

/** The defects of one group: name → source and sentence. */
export type GroupTable = Record<string, Omit<Defect, 'name' | 'group'>>;
